/** What API Gateway does ahead of a function: finds the route, checks the token where one is needed, makes the event. */
import pLimit from 'p-limit';
import { problemResponse } from '../../shared/http/problems.ts';
import type { Gate } from '../clock/gate.ts';
import type { Claims, Issuer } from '../identity/issuer.ts';
import { contextOf, type Handlers } from './handlers.ts';
import { eventOf, type HttpRequest, partsOfTarget } from './http-event.ts';
import type { Answer } from './http-server.ts';
import { matchRoute } from './route-match.ts';

export type ApiParts = { readonly routes: Handlers['routes']; readonly issuer: Issuer; readonly gate: Gate };

/**
 * Functions at once. Lambda starts as many as there are requests, up to an account's limit; two processors would only
 * make all of them slow, and those that write one wallet lose each other's races. The others wait their turn.
 */
const FUNCTIONS_AT_ONCE = 16;

/** As in the service stack. */
const API_TIMEOUT_SECONDS = 10;

export function apiOf({ routes, issuer, gate }: ApiParts): Answer {
  const turn = pLimit(FUNCTIONS_AT_ONCE);
  return async (request, requestId) => {
    const matched = matchRoute(request.method, partsOfTarget(request.target).path);
    if (!matched) return problemResponse({ slug: 'not-found' });
    const { name, access } = matched.route;
    const claims = access === 'public' ? NOBODY : await claimsOf(request, issuer);
    if (!claims) return problemResponse({ slug: 'unauthenticated' });
    const event = eventOf(request, matched, { requestId, at: new Date(), claims });
    return gate.pass(() => turn(() => routes[name](event, contextOf(name, API_TIMEOUT_SECONDS, requestId))));
  };
}

/** On AWS, a route without an authorizer has no claims at all; its function looks for none. */
const NOBODY: Claims = { sub: '' };

async function claimsOf({ headers }: HttpRequest, issuer: Issuer) {
  const token = bearerToken(headers.authorization);
  return token === undefined ? undefined : issuer.verify(token);
}

/** Undefined unless there is exactly one. */
function bearerToken(authorization: readonly string[] = []): string | undefined {
  return authorization.length === 1 ? /^Bearer +([^\s,]+)$/i.exec(authorization[0] ?? '')?.[1] : undefined;
}
