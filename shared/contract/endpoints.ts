/** All endpoints, by group. A new one is an export of its group's file, and needs no other line here. */
import type { Endpoint } from './endpoint.ts';
import * as connections from './endpoints/connections.ts';
import * as credits from './endpoints/credits.ts';
import * as inmails from './endpoints/inmails.ts';
import * as plans from './endpoints/plans.ts';
import * as subscriptions from './endpoints/subscriptions.ts';

const GROUPS = [
  { tag: 'Plans', description: 'The plans that members can subscribe to.', endpoints: Object.values(plans) },
  {
    tag: 'Subscriptions',
    description: 'For billing. A subscription starts a wallet. A change of plan or a cancellation starts a new term.',
    endpoints: Object.values(subscriptions),
  },
  {
    tag: 'Connections',
    description: 'For billing. Connected members message each other for free (R14).',
    endpoints: Object.values(connections),
  },
  {
    tag: 'Credits',
    description:
      'The credits of a member, and the reason for each. You can verify every entry of the ledger by its hash.',
    endpoints: Object.values(credits),
  },
  {
    tag: 'InMails',
    description: 'A send costs a credit. A response in time gives it back.',
    endpoints: Object.values(inmails),
  },
] as const;

export type EndpointName = (typeof GROUPS)[number]['endpoints'][number]['name'];
export type NamedEndpoint = Endpoint & { readonly name: EndpointName };

/** By path and method, because the order of a module's exports depends on the loader. */
const inOrder = (one: NamedEndpoint, other: NamedEndpoint): number =>
  one.path.localeCompare(other.path, 'en') || METHODS.indexOf(one.method) - METHODS.indexOf(other.method);

const METHODS: readonly Endpoint['method'][] = ['GET', 'POST', 'PUT', 'DELETE'];

/** The groups of the OpenAPI document. */
export const ENDPOINT_GROUPS: readonly {
  readonly tag: string;
  readonly description: string;
  readonly endpoints: readonly NamedEndpoint[];
}[] = GROUPS.map((group) => ({ ...group, endpoints: [...group.endpoints].sort(inOrder) }));

export const ENDPOINTS: readonly NamedEndpoint[] = ENDPOINT_GROUPS.flatMap(({ endpoints }) => endpoints);

/** Throws for a name that no endpoint has. */
export function endpointNamed(name: EndpointName): NamedEndpoint {
  const found = ENDPOINTS.find((one) => one.name === name);
  if (!found) throw new Error(`no endpoint is named ${name}`);
  return found;
}
