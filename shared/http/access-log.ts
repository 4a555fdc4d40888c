/** The log of the callers who read or changed another member's things, and of those who tried in vain. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Endpoint } from '../contract/endpoint.ts';
import { count, logger } from '../runtime/telemetry.ts';
import { type Caller, callerFrom, verdictOn } from './caller.ts';
import { requestFields } from './problem-documents.ts';
import type { ApiEvent } from './request.ts';

/** A line of the kind `access`, once the response is known. It names the caller, the member, the product, the status. */
export function accessLog(endpoint: Endpoint): MiddlewareObj<ApiEvent, APIGatewayProxyStructuredResultV2> {
  const write = ({ event, response }: Answered) => {
    const caller = callerFrom(event.requestContext?.authorizer?.jwt?.claims);
    const memberId = event.pathParameters?.memberId;
    if (!caller || !isAboutAnother(endpoint, caller, memberId)) return;
    if (verdictOn(caller, endpoint.access, memberId) !== 'allowed') count('access-denied');
    logger.info('access', {
      kind: 'access',
      ...requestFields(endpoint, event),
      caller: caller.memberId,
      scopes: [...caller.scopes],
      ...idsOf(endpoint, event),
      status: response?.statusCode,
    });
  };
  return { after: write, onError: write };
}

type Answered = {
  readonly event: ApiEvent;
  readonly response: APIGatewayProxyStructuredResultV2 | null | undefined;
};

/** Billing also acts on others if the member is the operator, because a grant to oneself is to be seen. */
const isAboutAnother = ({ access }: Endpoint, { memberId }: Caller, pathMemberId: string | undefined): boolean =>
  access === 'billing' || (access === 'books' && pathMemberId !== memberId);

/** Only well-formed ids, because a path may hold any text. */
function idsOf({ request: { path } }: Endpoint, { pathParameters }: ApiEvent): object {
  const { data } = path?.safeParse(pathParameters ?? {}) ?? {};
  return data ?? {};
}
