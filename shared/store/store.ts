/**
 * What the use cases need of storage, and nothing of how. One contract suite holds every implementation to it.
 * Reads are strongly consistent except `inbox`, `renewing` and `due`, which read indexes and may lag behind a write.
 */
import type { Change } from '../domain/change.ts';
import type { InMail, InMailParts } from '../domain/inmail.ts';
import type { Instant } from '../domain/instant.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Product } from '../domain/plans.ts';

/** A condition did not hold, or two transactions met: read again, decide again. Nothing was written. */
export class LostRaceError extends Error {
  override readonly name = 'LostRaceError';
}

/** Throttled, timed out or unreachable. Whether it was written is unknown: the same request later tells the truth. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

export type InMailKey = InMailParts & { readonly sentAt: Instant };
export type WalletKey = { readonly memberId: string; readonly product: Product };

/** One page of an index, perhaps a short or empty one, and where the next begins; no `next` on the last page. */
export type Page<Key> = { readonly keys: readonly Key[]; readonly next?: Key };
export type PageRequest<Key> = { readonly limit: number; readonly after?: Key | undefined };

export type Store = {
  readonly ledger: {
    /** The last entry: the wallet itself. */
    tail(walletId: string): Promise<Entry | undefined>;
    entry(walletId: string, seq: number): Promise<Entry | undefined>;
    /** Those that exist of any number of different entries, in the order asked for. */
    entries(walletId: string, seqs: readonly number[]): Promise<Entry[]>;
    /** Up to `limit` entries, newest first, from `fromSeq` down or from the tail. */
    newestFirst(walletId: string, range: { readonly fromSeq?: number; readonly limit: number }): Promise<Entry[]>;
  };
  readonly inmails: {
    get(parts: InMailParts): Promise<InMail | undefined>;
    /** Those that exist of up to 100, in the order asked for. */
    getAll(wanted: readonly InMailParts[]): Promise<InMail[]>;
    /** The last InMail from one member to another: all that the pair lock looks at (R9). */
    last(senderId: string, recipientId: string): Promise<InMail | undefined>;
    /** The InMail of the pair that carries this idempotency key. */
    withKey(senderId: string, recipientId: string, idempotencyKey: string): Promise<InMail | undefined>;
    /** Whether a member has ever sent one. */
    hasSent(senderId: string): Promise<boolean>;
    /** Newest first. */
    inbox(recipientId: string, page: PageRequest<InMailKey>): Promise<Page<InMailKey>>;
    /** Unanswered, unexpired InMails of a shard, `sentAt` from `from` to `to`, both included; oldest first. */
    due(part: DuePart, page: PageRequest<InMailKey>): Promise<Page<InMailKey>>;
  };
  readonly subscriptions: {
    /** Active subscriptions that renew on a day of the month. */
    renewing(part: RenewingPart, page: PageRequest<WalletKey>): Promise<Page<WalletKey>>;
  };
  readonly connections: {
    has(memberId: string, otherId: string): Promise<boolean>;
  };
  /** Writes all of them or none. At most 100 changes, no two of one item. Throws LostRaceError or BusyError. */
  transact(changes: readonly Change[]): Promise<void>;
};

export type DuePart = {
  readonly shard: number;
  readonly from: Instant;
  readonly to: Instant;
  /** Leaves out those that were reminded of, and those that their recipient has hidden. */
  readonly toRemind?: boolean;
};
export type RenewingPart = { readonly renewalDay: number; readonly shard: number };

/** DynamoDB's limit on the actions of a transaction (docs.aws.amazon.com, transaction-apis). */
export const MAX_CHANGES = 100;
