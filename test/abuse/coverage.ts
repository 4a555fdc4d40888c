/**
 * The abuse an endpoint is open to follows from its request. So a new endpoint, or a new part of one, asks for its
 * rows.
 */
import * as z from 'zod';
import { takesQuery } from '../../shared/contract/endpoint.ts';
import type { NamedEndpoint } from '../../shared/contract/endpoints.ts';
import type { Abuse, Row } from './row.ts';

function abusesOf(endpoint: NamedEndpoint): Abuse[] {
  const { access, request } = endpoint;
  const { path, query, body, idempotencyKey } = request;
  const isPersonal = access === 'books' || (access === 'member' && Boolean(path || query || body));
  const open: Readonly<Record<Abuse, boolean>> = {
    token: true,
    scope: access === 'billing',
    method: true,
    identity: isPersonal,
    others: isPersonal,
    path: path !== undefined,
    query: true,
    limit: takesQuery(endpoint.request, 'limit'),
    at: takesQuery(endpoint.request, 'at'),
    cursor: takesQuery(endpoint.request, 'cursor'),
    body: body !== undefined,
    text: body !== undefined && JSON.stringify(z.toJSONSchema(body, { io: 'input' })).includes('"maxLength"'),
    key: idempotencyKey === true,
  };
  return (Object.keys(open) as Abuse[]).filter((abuse) => open[abuse]);
}

/** `send-inmail: text`, for each abuse that an endpoint is open to and that no row tries. */
export function untried(endpoints: readonly NamedEndpoint[], rows: readonly Row[]): string[] {
  const tried = new Set(rows.map(({ route, abuse }) => `${route}: ${abuse}`));
  return endpoints
    .flatMap((endpoint) => abusesOf(endpoint).map((abuse) => `${endpoint.name}: ${abuse}`))
    .filter((one) => !tried.has(one));
}
