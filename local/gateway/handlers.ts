/** The very handlers that run as Lambdas, in this process. */
import '../telemetry-settings.ts';
import { randomUUID } from 'node:crypto';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { type QueueName, timeoutSecondsOf } from '../../shared/contract/queues.ts';
import { ROUTES, type RouteName } from '../../shared/contract/routes.ts';
import { SWEEPS, type SweepName } from '../../shared/contract/sweeps.ts';

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

type ApiHandler = Handler<APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2>;
type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;

export type Handlers = {
  readonly routes: Readonly<Record<RouteName, ApiHandler>>;
  /** By the queue that feeds them. */
  readonly queues: Readonly<Record<QueueName, QueueHandler>>;
};

/** Loaded here and not before: logger and metrics read the environment when they are. */
export async function loadHandlers(): Promise<Handlers> {
  const [routes, queues] = await Promise.all([loadAll(ROUTES), loadQueueHandlers()]);
  return { routes: routes as Handlers['routes'], queues };
}

/** Those that SQS feeds alone. */
export async function loadQueueHandlers(): Promise<Handlers['queues']> {
  const [workers, { handler }] = await Promise.all([loadAll(SWEEPS), import('../../functions/list-due.ts')]);
  return { ...(workers as Record<SweepName, QueueHandler>), pages: handler };
}

export const invokerOf =
  (handlers: Handlers['queues']) =>
  (queue: QueueName) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handlers[queue](event, contextOf(queue, timeoutSecondsOf(queue), randomUUID()));

async function loadAll(rows: readonly { readonly name: string }[]): Promise<Record<string, unknown>> {
  const loaded = rows.map(async ({ name }) => [name, (await import(`../../functions/${name}.ts`)).handler]);
  return Object.fromEntries(await Promise.all(loaded));
}

/** What Lambda hands a function besides its event. Its time is as in the service stack. */
export function contextOf(functionName: string, timeoutSeconds: number, awsRequestId: string): Context {
  const endsAtMillis = performance.now() + timeoutSeconds * 1_000;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId,
    logGroupName: `/local/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAtMillis - performance.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
