/**
 * Everything that the use cases need of storage, without saying how. One contract suite holds every implementation to
 * it. Reads are strongly consistent except `inbox`, `renewing` and `due`, which read indexes and may lag behind a
 * write.
 */
import type { Change } from '../domain/change.ts';
import type { InMail, InMailParts } from '../domain/inmail.ts';
import type { Instant } from '../domain/instant.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Product } from '../domain/plans.ts';

/**
 * A call of the database that failed, for the log. It holds names and numbers only, because a log must hold nothing
 * private. `awsError` is AWS's name of the error, or Node's code of a broken connection.
 */
export type FailedCall = {
  readonly operation: string;
  /** Several only for a transaction. */
  readonly table: string;
  readonly awsError: string;
  readonly attempts?: number | undefined;
};

/** `call` is missing if the failure is of no single call. */
class StoreError extends Error {
  readonly call: FailedCall | undefined;
  constructor(message: string, { call, ...options }: ErrorOptions & { readonly call?: FailedCall | undefined } = {}) {
    super(message, options);
    this.call = call;
  }
}

/** The call that failed, of an error of the store. */
export const callOf = (error: unknown): FailedCall | undefined =>
  error instanceof StoreError ? error.call : undefined;

/** A condition did not hold, or two transactions met. Nothing was written, so read again and decide again. */
export class LostRaceError extends StoreError {
  override readonly name = 'LostRaceError';
}

/** Throttled, timed out or unreachable. It is unknown whether it was written, and the same request later tells. */
export class BusyError extends StoreError {
  override readonly name = 'BusyError';
}

export type InMailKey = InMailParts & { readonly sentAt: Instant };
export type WalletKey = { readonly memberId: string; readonly product: Product };

/** A page of results of an index, perhaps short or empty, and the start of the next one. The last has no `next`. */
export type Page<Key> = { readonly keys: readonly Key[]; readonly next?: Key };
export type PageRequest<Key> = { readonly limit: number; readonly after?: Key | undefined };

export type Store = {
  readonly ledger: {
    /** The last entry, which is the wallet itself. */
    tail(walletId: string): Promise<Entry | undefined>;
    entry(walletId: string, seq: number): Promise<Entry | undefined>;
    /** The entries that exist of any number of different ones, in the order asked for. */
    entries(walletId: string, seqs: readonly number[]): Promise<Entry[]>;
    /** Up to `limit` entries, newest first, from `fromSeq` down or from the tail. */
    newestFirst(walletId: string, range: { readonly fromSeq?: number; readonly limit: number }): Promise<Entry[]>;
  };
  readonly inmails: {
    get(parts: InMailParts): Promise<InMail | undefined>;
    /** The InMails that exist of up to 100, in the order asked for. */
    getAll(wanted: readonly InMailParts[]): Promise<InMail[]>;
    /** The last InMail from one member to another. The pair lock looks at nothing else (R9). */
    last(senderId: string, recipientId: string): Promise<InMail | undefined>;
    /** The InMail of the pair that carries this idempotency key. */
    withKey(senderId: string, recipientId: string, idempotencyKey: string): Promise<InMail | undefined>;
    /** Whether a member has ever sent an InMail. */
    hasSent(senderId: string): Promise<boolean>;
    /** Newest first. */
    inbox(recipientId: string, page: PageRequest<InMailKey>): Promise<Page<InMailKey>>;
    /** Pending InMails of a shard, with `sentAt` from `from` to `to`, both included. Oldest first. */
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
  /** Leaves out InMails with a reminder, and those that their recipient has hidden. */
  readonly toRemind?: boolean;
};
export type RenewingPart = { readonly renewalDay: number; readonly shard: number };

/** DynamoDB's limit on the actions of a transaction (docs.aws.amazon.com, transaction-apis). */
export const MAX_CHANGES = 100;
