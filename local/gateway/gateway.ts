/** Stands for API Gateway, which finds the route, checks the token and makes the event ahead of a function. */
import pLimit from 'p-limit';
import { API_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { problemResponse } from '../../shared/http/problem-response.ts';
import type { Gate } from '../clock/gate.ts';
import type { Issuer } from '../identity/issuer.ts';
import { type ApiHandlers, createContext } from './handlers.ts';
import { eventOf, type HttpRequest, partsOfTarget } from './http-event.ts';
import type { HttpHandler } from './http-server.ts';
import { matchRoute } from './route-match.ts';

export type ApiParts = { readonly handlers: ApiHandlers; readonly issuer: Issuer; readonly gate: Gate };

/**
 * The number of functions at once. Lambda starts one for each request, up to an account's limit. Two processors would make
 * all of them slow, and functions that write one wallet would lose races. So all further requests wait their turn.
 */
const FUNCTIONS_AT_ONCE = 16;

export function createApi({ handlers, issuer, gate }: ApiParts): HttpHandler {
  const turn = pLimit(FUNCTIONS_AT_ONCE);
  return async (request, requestId) => {
    const matched = matchRoute(request.method, partsOfTarget(request.target).path);
    if (!matched) return problemResponse({ slug: 'not-found' });
    const { name } = matched.endpoint;
    const claims = await claimsOf(request, issuer);
    if (!claims) return problemResponse({ slug: 'unauthenticated' });
    const event = eventOf(request, matched, { requestId, at: new Date(), claims });
    return gate.pass(() => turn(() => handlers[name](event, createContext(name, API_TIMEOUT_SECONDS, requestId))));
  };
}

async function claimsOf({ headers }: HttpRequest, issuer: Issuer) {
  const token = bearerToken(headers.authorization);
  return token === undefined ? undefined : issuer.verify(token);
}

/** Undefined unless there is exactly one token. */
function bearerToken(authorization: readonly string[] = []): string | undefined {
  return authorization.length === 1 ? /^Bearer +([^\s,]+)$/i.exec(authorization[0] ?? '')?.[1] : undefined;
}
