/**
 * The changes that a decision makes. The store writes all changes of one decision or none, each under its condition.
 */
import type { AnsweredInMail, InMail, InMailParts } from './inmail.ts';
import type { Instant } from './instant.ts';
import type { Entry } from './ledger.ts';
import type { Product } from './plans.ts';

/** A member's current plan of one product, by which the renew sweep finds its wallet. It never changes on renewal. */
export type Subscription = {
  readonly memberId: string;
  readonly product: Product;
  readonly plan: string;
  readonly signedUpAt: Instant;
  /** Day of the month of the initial sign-up, 1–31 (R3). */
  readonly anchorDay: number;
  /** The day of the month it renews on: the anchor's, or the 1st (R3, R4). */
  readonly renewalDay: number;
  /** The wallet's term. Each change of a subscription starts a new one. */
  readonly term: number;
};

export type Change =
  /** Holds only while no other entry has this seq. */
  | { readonly kind: 'append-entry'; readonly entry: Entry }
  /** This and the next two hold only over the term before. */
  | ({ readonly kind: 'start-subscription' } & Subscription)
  /** The sign-up and its anchor stay (R3). */
  | ({ readonly kind: 'change-plan' } & Omit<Subscription, 'signedUpAt' | 'anchorDay'>)
  /** The renew sweep no longer finds it (R11). */
  | ({ readonly kind: 'end-subscription' } & Pick<Subscription, 'memberId' | 'product' | 'term'>)
  /** Holds only while the pair has no InMail of this n (R9). */
  | { readonly kind: 'create-inmail'; readonly inmail: InMail }
  /** Holds only while the recipient has not responded (R12). */
  | { readonly kind: 'record-response'; readonly inmail: AnsweredInMail }
  /** Holds only while an InMail of this `sentAt` is pending, not reminded of, and not hidden by its recipient (R15). */
  | ({ readonly kind: 'record-reminder'; readonly sentAt: Instant; readonly remindedAt: Instant } & InMailParts)
  /** Holds only while an InMail of this `sentAt` is pending (R16). */
  | ({ readonly kind: 'record-expiry'; readonly sentAt: Instant } & InMailParts)
  /** Holds only for an InMail that exists. */
  | ({ readonly kind: 'hide-inmail'; readonly from: 'sender' | 'recipient' } & InMailParts)
  /** One direction of a connection (R14). It always holds, because connecting twice changes nothing. */
  | { readonly kind: 'connect'; readonly memberId: string; readonly otherId: string; readonly connectedAt: Instant }
  | { readonly kind: 'disconnect'; readonly memberId: string; readonly otherId: string };

export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

export const appendAll = (entries: readonly Entry[]): Change[] =>
  entries.map((entry) => ({ kind: 'append-entry', entry }));
