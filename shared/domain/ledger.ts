/**
 * The ledger is an append-only sequence of entries without gaps. Each entry carries the wallet's state after it, so the
 * last entry is the wallet. Each entry's hash covers the one before, so a statement can be verified offline.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DateOnly, Instant } from './instant.ts';
import { PRODUCTS, type Product } from './plans.ts';

export const ENTRY_TYPES = ['subscribed', 'renewed', 'sent', 'returned', 'plan-changed', 'cancelled'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** The rule by which each type of entry is written. Entries and problem documents cite it. */
export const RULE_OF = {
  subscribed: 'R1',
  renewed: 'R2',
  sent: 'R7',
  returned: 'R13',
  'plan-changed': 'R10',
  cancelled: 'R11',
} as const satisfies Record<EntryType, string>;

/** An entry before it is sealed. It says what happened, and how the wallet stands after it. */
export type EntryBody = {
  readonly walletId: string;
  /** 1, 2, 3… without gaps (I1). */
  readonly seq: number;
  /** Never earlier than the entry before (I8). For a renewal it is its due midnight (R6). */
  readonly at: Instant;
  readonly type: EntryType;
  readonly delta: number;
  readonly balance: number;
  readonly forfeited: number;
  /** 1, 2, 3… Subscribing, changing plan and cancelling each start a new one. */
  readonly term: number;
  /** After a cancellation, the plan that was cancelled. */
  readonly plan: string;
  /** Day of the month of the initial sign-up, 1–31 (R3). */
  readonly anchorDay: number;
  /** Date of the last sign-up, plan change or renewal (R5). */
  readonly lastGrantOn: DateOnly;
  /** The InMails of the term that wait for a response, as `pending.ts` writes them (R17). */
  readonly pending: string;
  readonly rule: string;
  /** The InMail that was paid, or whose credit came back. */
  readonly inmailId?: string;
};

export type Entry = EntryBody & { readonly prevHash: string; readonly hash: string };

/** The hash before the first entry of a wallet. */
export const GENESIS_HASH = '0'.repeat(64);

export const walletIdOf = (memberId: string, product: Product): string => `${memberId}#${product}`;

/** Throws for text that `walletIdOf` did not make. */
export function partsOfWalletId(walletId: string): { memberId: string; product: Product } {
  const [memberId, name, ...more] = walletId.split('#');
  const product = PRODUCTS.find((known) => known === name);
  if (!memberId || !product || more.length > 0) throw new Error(`not a wallet: ${walletId}`);
  return { memberId, product };
}

/**
 * SHA-256, in hex, over the hash before and the entry's RFC 8785 form. For strings and integers that form is JSON
 * without spaces, keys in code-unit order. So any language can verify a statement in a few lines.
 */
export function hashOf(prevHash: string, entry: EntryBody): string {
  const { hash: _hash, prevHash: _prevHash, ...body } = entry as Entry;
  return bytesToHex(sha256(utf8ToBytes(prevHash + JSON.stringify(body, Object.keys(body).sort()))));
}

/** Chains `bodies` onto the wallet's written tail. */
export function seal(tail: Entry | undefined, bodies: readonly EntryBody[]): Entry[] {
  let prevHash = tail?.hash ?? GENESIS_HASH;
  return bodies.map((body) => {
    const entry = { ...body, prevHash, hash: hashOf(prevHash, body) };
    prevHash = entry.hash;
    return entry;
  });
}
