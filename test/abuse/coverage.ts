/** Which abuse a route is open to follows from what it takes: so a new route, or a new part of one, asks for its rows. */
import * as z from 'zod';
import { ENDPOINTS, type Route } from '../../shared/contract/endpoints.ts';
import type { RequestParts } from '../../shared/http/request.ts';
import type { Abuse, Row } from './row.ts';

export type RouteWithParts = Pick<Route, 'access' | 'name'> & { readonly parts: RequestParts };

export const allRoutes = (): Promise<RouteWithParts[]> =>
  Promise.all(
    ENDPOINTS.map(async ({ name, access }) => {
      const { request } = await import(`../../functions/${name}.ts`);
      return { name, access, parts: request };
    }),
  );

function abusesOf({ access, parts }: RouteWithParts): Abuse[] {
  const { path, query, body, idempotencyKey } = parts;
  const asks = (name: string) => query instanceof z.ZodObject && name in query.shape;
  const isPersonal = access === 'books' || (access === 'member' && Boolean(path || query || body));
  const open: Readonly<Record<Abuse, boolean>> = {
    token: access !== 'public',
    scope: access === 'billing',
    method: true,
    identity: isPersonal,
    others: isPersonal,
    path: path !== undefined,
    query: access !== 'public',
    limit: asks('limit'),
    at: asks('at'),
    cursor: asks('cursor'),
    body: body !== undefined,
    text: body !== undefined && JSON.stringify(z.toJSONSchema(body, { io: 'input' })).includes('"maxLength"'),
    key: idempotencyKey === true,
  };
  return (Object.keys(open) as Abuse[]).filter((abuse) => open[abuse]);
}

/** `send-inmail: text`, for each abuse that a route is open to and that no row tries. */
export function untried(routes: readonly RouteWithParts[], rows: readonly Row[]): string[] {
  const tried = new Set(rows.map(({ route, abuse }) => `${route}: ${abuse}`));
  return routes
    .flatMap((route) => abusesOf(route).map((abuse) => `${route.name}: ${abuse}`))
    .filter((one) => !tried.has(one));
}
