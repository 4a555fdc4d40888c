/** Whom the requests meet: those whom the contract's examples name, and one who calls, with books to look into. */
import { createApiClient } from '../../client/client.ts';
import type { LocalSystem } from '../../local/system.ts';

type Place = Pick<LocalSystem, 'baseUrl' | 'tokenFor'>;

/** No example names her, or the billing calls would soon cancel what she is to send from. */
export const CALLER = 'erin';

const SUBSCRIPTIONS = [
  ['ada', 'premium', 'premium-business'],
  ['bob', 'premium', 'premium-career'],
  ['carol', 'recruiter', 'recruiter-lite'],
  [CALLER, 'premium', 'premium-business'],
  [CALLER, 'sales-navigator', 'sales-navigator-core'],
  [CALLER, 'recruiter', 'recruiter-lite'],
] as const;

/** Those to her are in `schemathesis.toml`, for her to answer. */
const LETTERS = [
  ['ada', 'premium', CALLER],
  ['bob', 'premium', CALLER],
  ['carol', 'recruiter', CALLER],
  [CALLER, 'premium', 'ada'],
  [CALLER, 'recruiter', 'dave'],
  ['ada', 'premium', 'bob'],
] as const;

/** Throws where one of them is refused: an empty world would let everything pass. */
export async function populate({ baseUrl, tokenFor }: Place): Promise<void> {
  const as = (memberId: string) => createApiClient({ baseUrl, token: () => tokenFor(memberId) });
  const desk = createApiClient({ baseUrl, token: () => tokenFor('desk', ['billing']) });
  for (const [memberId, product, plan] of SUBSCRIPTIONS) {
    const params = { path: { memberId, product } };
    held(await desk.PUT('/v1/members/{memberId}/subscriptions/{product}', { params, body: { plan } }));
  }
  for (const [senderId, product, recipientId] of LETTERS) {
    const params = { header: { 'Idempotency-Key': `${senderId}-${recipientId}` } };
    const body = { product, recipientId, subject: 'Hello', body: 'Would you like to talk?' };
    held(await as(senderId).POST('/v1/inmails', { params, body }));
  }
}

function held({ response }: { readonly response: Response }): void {
  if (!response.ok) throw new Error(`the world was not made: ${response.status} of ${response.url}`);
}
