/** The members that the requests meet: those in the contract's examples, and a caller with books to look into. */
import { createApiClient } from '../../client/client.ts';
import type { LocalSystem } from '../../local/system.ts';

type Place = Pick<LocalSystem, 'baseUrl' | 'tokenFor'>;

/** No example may name her, because the billing calls would soon cancel the plans that she sends from. */
export const CALLER = 'erin';

const SUBSCRIPTIONS = [
  ['ada', 'premium', 'premium-business'],
  ['bob', 'premium', 'premium-career'],
  ['carol', 'recruiter', 'recruiter-lite'],
  [CALLER, 'premium', 'premium-business'],
  [CALLER, 'sales-navigator', 'sales-navigator-core'],
  [CALLER, 'recruiter', 'recruiter-lite'],
] as const;

/** `schemathesis.toml` names those to the caller, so that she answers them. */
const INMAILS = [
  ['ada', 'premium', CALLER],
  ['bob', 'premium', CALLER],
  ['carol', 'recruiter', CALLER],
  [CALLER, 'premium', 'ada'],
  [CALLER, 'recruiter', 'dave'],
  ['ada', 'premium', 'bob'],
] as const;

/** Throws where a request is refused, because an empty world would let everything pass. */
export async function populate({ baseUrl, tokenFor }: Place): Promise<void> {
  const as = (memberId: string) => createApiClient({ baseUrl, token: () => tokenFor(memberId) });
  const desk = createApiClient({ baseUrl, token: () => tokenFor('desk', ['billing']) });
  for (const [memberId, product, plan] of SUBSCRIPTIONS) {
    const params = { path: { memberId, product } };
    held(await desk.PUT('/v1/members/{memberId}/subscriptions/{product}', { params, body: { plan } }));
  }
  for (const [senderId, product, recipientId] of INMAILS) {
    const params = { header: { 'Idempotency-Key': `${senderId}-${recipientId}` } };
    const body = { product, recipientId, subject: 'Hello', body: 'Would you like to talk?' };
    held(await as(senderId).POST('/v1/inmails', { params, body }));
  }
}

function held({ response }: { readonly response: Response }): void {
  if (!response.ok) throw new Error(`the world was not made: ${response.status} of ${response.url}`);
}
