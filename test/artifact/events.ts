/** Events as AWS's services hand them to functions. */
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PreTokenGenerationV2TriggerEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { eventOf } from '../../local/gateway/http-event.ts';
import { matchRoute } from '../../local/gateway/route-match.ts';
import type { NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';

export type Request = {
  readonly target: string;
  readonly as: string;
  readonly scopes?: readonly ('billing' | 'support')[];
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. */
  readonly body?: unknown;
};

/** API Gateway's event, as its authorizer and its payload format 2.0 make it. */
export function apiEvent({ method }: NamedEndpoint, { target, as, scopes = [], headers = {}, body }: Request) {
  const route = matchRoute(method, target.split('?', 1)[0] ?? '');
  if (!route) throw new Error(`no route for ${method} ${target}`);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const sent = { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers };
  const request = {
    ...{ method, target, sourceIp: '192.0.2.1' },
    headers: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    body: Buffer.from(text ?? ''),
  };
  const scope = scopes.map((name) => SCOPE_PREFIX + name).join(' ');
  const claims = { sub: as, token_use: 'access', scope, exp: Math.floor(Date.now() / 1_000) + 3_600 };
  return eventOf(request, route, { requestId: 'request-1', at: new Date(), claims });
}

export const sqsRecord = (messageId: string, body: string): SQSRecord => ({
  ...{ messageId, body, receiptHandle: 'handle', md5OfBody: '', messageAttributes: {} },
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1700000000000',
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '1700000000000',
  },
  ...{
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:queue',
    awsRegion: 'eu-central-1',
  },
});

export const sqsEvent = (...Records: readonly SQSRecord[]): SQSEvent => ({ Records: [...Records] });

/** The bodies of the messages that wait in a queue. */
export async function waitingIn(client: SQSClient, QueueUrl: string): Promise<string[]> {
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body }) => Body ?? '');
}

/** Cognito's, ahead of a token of a person who signs in as an operator. */
export const tokenEvent = (groupsToOverride: string[]): Omit<PreTokenGenerationV2TriggerEvent, 'response'> => ({
  ...{ version: '2', triggerSource: 'TokenGeneration_HostedAuth', region: 'eu-central-1' },
  ...{ userPoolId: 'eu-central-1_pool', userName: 'user' },
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: {
    userAttributes: { sub: 'ada', email_verified: 'true' },
    groupConfiguration: { groupsToOverride },
    scopes: ['openid', `${SCOPE_PREFIX}operator`],
  },
});
