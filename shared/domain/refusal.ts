/**
 * The reasons for which a command is refused. They are facts of the domain, returned and never thrown. A refused
 * command changes nothing.
 */
import type { Renewal } from './credits.ts';
import type { Product } from './plans.ts';

export type Refusal = { readonly kind: 'refused' } & (
  | { readonly why: 'self-inmail' }
  /** The product's catalogue has no plan of that name. */
  | { readonly why: 'no-such-plan'; readonly plan: string; readonly product: Product }
  | { readonly why: 'no-active-subscription'; readonly product: Product }
  | { readonly why: 'already-connected'; readonly recipientId: string }
  /** R9: `inmailId` is the InMail that locks the pair until its recipient responds. */
  | { readonly why: 'response-pending'; readonly inmailId: string }
  | { readonly why: 'insufficient-credits'; readonly product: Product; readonly nextRenewal: Renewal }
  /** The key was used for another request. */
  | { readonly why: 'idempotency-key-reused' }
  /** R12: the recipient has responded before, in another way. */
  | { readonly why: 'already-responded'; readonly inmailId: string }
  /** It does not exist, or it is not the caller's. The caller cannot tell which. */
  | { readonly why: 'not-found' }
);

/** The refusals with these reasons. A decision states the reasons that it can give, and no others. */
export type RefusalOf<Why extends Refusal['why']> = Extract<Refusal, { readonly why: Why }>;

/** A reason and the facts that belong to it. */
export type RefusalFacts<Why extends Refusal['why']> = { readonly why: Why } & Omit<RefusalOf<Why>, 'kind' | 'why'>;

export const refuse = <Why extends Refusal['why']>(facts: RefusalFacts<Why>): RefusalOf<Why> =>
  ({ kind: 'refused', ...facts }) as unknown as RefusalOf<Why>;
