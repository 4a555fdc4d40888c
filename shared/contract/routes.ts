/**
 * The one table of what can be called: CDK makes a function and a route of every row, the local server dispatches by it,
 * and the tests hold both against it. `name` is the file in `functions/`.
 */

/**
 * Who may call a route: `member` acts on their own things only, `books` reads one member's books (the member, or scope
 * `support` or `billing`), `billing` needs that scope. `public` needs no token: what is the same for everybody.
 */
export type Access = 'member' | 'books' | 'billing' | 'public';

export type Route = {
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As API Gateway writes paths: `{memberId}` is a path parameter. */
  readonly path: string;
  readonly access: Access;
  /** What the gateway lets through of all callers together; `infra/api.ts` shows that the sum is bearable. */
  readonly perSecond: number;
  readonly summary: string;
};

export const ROUTES = [
  {
    name: 'list-plans',
    method: 'GET',
    path: '/v1/plans',
    access: 'member',
    perSecond: 4,
    summary: 'The catalogue of plans',
  },
  {
    name: 'put-subscription',
    method: 'PUT',
    path: '/v1/members/{memberId}/subscriptions/{product}',
    access: 'billing',
    perSecond: 2,
    summary: 'Subscribe, or change plan (R1, R10)',
  },
  {
    name: 'cancel-subscription',
    method: 'DELETE',
    path: '/v1/members/{memberId}/subscriptions/{product}',
    access: 'billing',
    perSecond: 1,
    summary: 'Cancel; the balance is forfeited (R11)',
  },
  {
    name: 'put-connection',
    method: 'PUT',
    path: '/v1/members/{memberId}/connections/{otherId}',
    access: 'billing',
    perSecond: 2,
    summary: 'Two members become 1st-degree connections (R14)',
  },
  {
    name: 'delete-connection',
    method: 'DELETE',
    path: '/v1/members/{memberId}/connections/{otherId}',
    access: 'billing',
    perSecond: 1,
    summary: 'Two members are connected no longer (R14)',
  },
  {
    name: 'list-credits',
    method: 'GET',
    path: '/v1/members/{memberId}/credits',
    access: 'books',
    perSecond: 6,
    summary: "A member's credits of every product, at any instant (R17)",
  },
  {
    name: 'get-credits',
    method: 'GET',
    path: '/v1/members/{memberId}/credits/{product}',
    access: 'books',
    perSecond: 10,
    summary: "A member's credits of one product, at any instant (R17)",
  },
  {
    name: 'list-ledger',
    method: 'GET',
    path: '/v1/members/{memberId}/credits/{product}/ledger',
    access: 'books',
    perSecond: 4,
    summary: 'Every entry of a wallet, newest first (R17)',
  },
  {
    name: 'send-inmail',
    method: 'POST',
    path: '/v1/inmails',
    access: 'member',
    perSecond: 10,
    summary: 'Send an InMail for one credit (R7, R8, R9)',
  },
  {
    name: 'list-inmails',
    method: 'GET',
    path: '/v1/inmails',
    access: 'member',
    perSecond: 5,
    summary: "The caller's inbox or sent InMails",
  },
  {
    name: 'get-inmail',
    method: 'GET',
    path: '/v1/inmails/{inmailId}',
    access: 'member',
    perSecond: 10,
    summary: 'One InMail the caller sent or received',
  },
  {
    name: 'respond-to-inmail',
    method: 'PUT',
    path: '/v1/inmails/{inmailId}/response',
    access: 'member',
    perSecond: 7,
    summary: 'Respond, once; in time it gives the credit back (R12, R13)',
  },
  {
    name: 'hide-inmail',
    method: 'DELETE',
    path: '/v1/inmails/{inmailId}',
    access: 'member',
    perSecond: 4,
    summary: "Hide an InMail from the caller's box; gives nothing back (R13)",
  },
  {
    name: 'get-openapi',
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    perSecond: 2,
    summary: 'This contract, as an OpenAPI document',
  },
  {
    name: 'get-docs',
    method: 'GET',
    path: '/docs',
    access: 'public',
    perSecond: 2,
    summary: 'This contract, as a page to read',
  },
] as const satisfies readonly Route[];

export type RouteName = (typeof ROUTES)[number]['name'];

/** Throws for a name that no row has. */
export function routeNamed(name: RouteName): Route {
  const route = ROUTES.find((row) => row.name === name);
  if (!route) throw new Error(`no route is named ${name}`);
  return route;
}
