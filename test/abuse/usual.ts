/** Every route as it is rightly called: what a row does not spoil is as here, so that a refusal is for the row's sake. */
import type { Scope } from '../../local/identity/issuer.ts';
import type { EndpointName } from '../../shared/contract/endpoints.ts';

export type Usual = {
  readonly as?: string;
  readonly scopes?: readonly Scope[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** Names and values, so that one can be there twice. */
export type Headers = readonly (readonly [string, string])[];

const desk = { as: 'desk', scopes: ['billing'] } as const;
const ada = { as: 'ada' } as const;
const wallet = { memberId: 'ada', product: 'premium' };

/** A test makes all of these calls, in the order of the route table: each of them is taken. */
export const USUAL: Readonly<Record<EndpointName, Usual>> = {
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
