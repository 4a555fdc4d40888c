/** Token, scope and method. The rows are the same for every route, because nothing of a route's own matters here. */
import { ENDPOINTS } from '../../../shared/contract/endpoints.ts';
import { FORGED, SCOPELESS } from '../forged-tokens.ts';
import type { Row } from '../row.ts';
import { USUAL } from '../usual.ts';

/** A route without a usual request has no rows. */
const described = ENDPOINTS.filter(({ name }) => name in USUAL);
const withScope = described.filter(({ access }) => access === 'billing');

const forged: Row[] = described.flatMap(({ name: route }) =>
  Object.keys(FORGED).map((token) => ({ route, abuse: 'token', shows: token, token, wants: [401, 'unauthenticated'] })),
);

const scopeless: Row[] = withScope.flatMap(({ name: route }) => [
  { route, abuse: 'scope', shows: 'no scope', as: 'ada', scopes: [], wants: [403, 'forbidden'] },
  { route, abuse: 'scope', shows: 'another scope', as: 'sam', scopes: ['support'], wants: [403, 'forbidden'] },
  {
    route,
    abuse: 'scope',
    shows: 'no scope, and an invalid body',
    as: 'ada',
    scopes: [],
    body: '{',
    wants: [403, 'forbidden'],
  },
  ...Object.keys(SCOPELESS).map(
    (token): Row => ({ route, abuse: 'scope', shows: token, token, wants: [403, 'forbidden'] }),
  ),
]);

const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/** Methods that no route has, and headers that make some servers take one method for another. */
const methods: Row[] = described.flatMap(({ name: route, method }) => [
  ...['PATCH', 'TRACE', 'OPTIONS', 'QUERY', 'PROPFIND'].map(
    (other): Row => ({ route, abuse: 'method', shows: other, method: other, wants: [404, 'not-found'] }),
  ),
  ...OVERRIDES.map(
    (header): Row => ({
      route,
      abuse: 'method',
      shows: `PATCH, which ${header} says is none`,
      method: 'PATCH',
      headers: [[header, method]],
      wants: [404, 'not-found'],
    }),
  ),
]);

/** These requests are right, except for a header without meaning. The response is the same as without it. */
const overridden: Row[] = described
  .filter(({ method }) => method === 'GET')
  .flatMap(({ name: route }) =>
    OVERRIDES.flatMap((header) =>
      ['DELETE', 'PUT', 'POST'].map(
        (method): Row => ({
          route,
          abuse: 'method',
          shows: `GET, which ${header} says is ${method}`,
          headers: [[header, method]],
          wants: [200],
        }),
      ),
    ),
  );

export const TOKEN_ROWS: readonly Row[] = [...forged, ...scopeless, ...methods, ...overridden];
