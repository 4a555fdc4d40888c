/** The right request for every route. A row spoils one part of it, so a refusal can only be due to that part. */
import type { Scope } from '../../local/identity/issuer.ts';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { STORY } from '../../shared/contract/examples/story.ts';

export type Usual = {
  readonly as?: string;
  readonly scopes?: readonly Scope[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** Pairs of name and value, so that a name can be there twice. */
export type Headers = readonly (readonly [string, string])[];

const desk = { as: 'desk', scopes: ['billing'] } as const;
const ada = { as: 'ada' } as const;
const wallet = { memberId: 'ada', product: 'premium' };

/** Requests that suit the world of the abuse rows. */
const OWN: { readonly [Name in EndpointName]?: Usual } = {
  'list-plans': ada,
  'put-subscription': { ...desk, path: { memberId: 'ada', product: 'recruiter' }, body: { plan: 'recruiter-lite' } },
  'list-credits': { ...ada, path: { memberId: 'ada' } },
  'get-credits': { ...ada, path: wallet },
  'list-ledger': { ...ada, path: wallet },
  'send-inmail': {
    ...ada,
    headers: [['idempotency-key', 'usual']],
    body: { product: 'premium', recipientId: 'frank', subject: 'Hello', body: 'Would you like to talk?' },
  },
  'list-inmails': { ...ada, query: 'box=sent' },
  'get-inmail': { ...ada, path: { inmailId: 'ada~bob~000001' } },
  'respond-to-inmail': {
    as: 'bob',
    path: { inmailId: 'ada~bob~000001' },
    body: { type: 'reply', text: 'Gladly.' },
  },
  'hide-inmail': { ...ada, path: { inmailId: 'ada~carol~000001' } },
  'put-connection': { ...desk, path: { memberId: 'ada', otherId: 'grace' } },
  'delete-connection': { ...desk, path: { memberId: 'ada', otherId: 'grace' } },
  'cancel-subscription': { ...desk, path: { memberId: 'ada', product: 'recruiter' } },
};

/** The first successful request of the contract's story. It is about ada and bob, who are in this world, too. */
function fromStory(name: EndpointName): Usual {
  const told = STORY.find(({ endpoint, response }) => endpoint === name && response.status < 300);
  if (!told) throw new Error(`the story shows no success of ${name}`);
  const { as, scopes, path, query, headers = {}, body } = told;
  return {
    ...(as !== undefined && { as }),
    ...(scopes && { scopes }),
    ...(path && { path }),
    ...(query && { query: String(new URLSearchParams(query)) }),
    headers: Object.entries(headers),
    ...(body !== undefined && { body: body as Readonly<Record<string, unknown>> }),
  };
}

/** A test makes all of these requests, in the order of the endpoints, and each one succeeds. */
export const USUAL = Object.fromEntries(ENDPOINTS.map(({ name }) => [name, OWN[name] ?? fromStory(name)])) as Readonly<
  Record<EndpointName, Usual>
>;
