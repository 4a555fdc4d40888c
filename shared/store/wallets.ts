/** Reading a wallet, now or at any other instant (R6, R17). */
import { type PendingReturn, pendingReturnsOf, pendingSeqsOf } from '../domain/credits.ts';
import { type Instant, millisOf } from '../domain/instant.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Rules } from '../domain/rules.ts';
import { type Wallet, walletAt } from '../domain/wallet.ts';
import type { Store } from './store.ts';

/** The wallet at `now`. It takes one strongly consistent read, and computes the renewals due since then (R6). */
export async function readWallet(store: Store, walletId: string, now: Instant, rules: Rules): Promise<Wallet> {
  return walletAt(walletId, await store.ledger.tail(walletId), now, rules);
}

type Asked = { readonly walletId: string; readonly at: Instant | undefined };
type World = { readonly store: Store; readonly rules: Rules; readonly now: Instant };

/**
 * The wallet as it was or will be at `at`, if nothing else happens. It has no state before its first entry. Without
 * `at` it is the wallet as it stands, and the tail is the truth even when a clock was ahead (I12).
 */
export async function readWalletFor({ walletId, at }: Asked, { store, rules, now }: World): Promise<Wallet> {
  if (at === undefined) return readWallet(store, walletId, now, rules);
  return walletAt(walletId, await entryAsOf(store, walletId, at), at, rules);
}

/**
 * The last entry at or before `at`. Entries never go back in time (I8), so a search finds it. Every other probe guesses
 * by the time between the bounds, because a busy wallet's entries are spread evenly. That takes some 5 reads in a
 * ledger of any length. The probes between halve the rest, so a million entries need 40 reads at the most.
 */
async function entryAsOf(store: Store, walletId: string, at: Instant): Promise<Entry | undefined> {
  const tail = await store.ledger.tail(walletId);
  if (!tail || tail.at <= at) return tail;
  let low = await entryNumbered(store, walletId, 1);
  if (low.at > at) return undefined;
  let high = tail;
  for (let probes = 0; high.seq - low.seq > 1; probes += 1) {
    const part = probes % 2 === 0 ? partOfTime(low.at, at, high.at) : 1 / 2;
    const guess = low.seq + Math.floor(part * (high.seq - low.seq));
    const entry = await entryNumbered(store, walletId, Math.max(low.seq + 1, Math.min(high.seq - 1, guess)));
    if (entry.at <= at) low = entry;
    else high = entry;
  }
  return low;
}

/** The share of the time from `first` to `last` that has passed at `at`, from 0 to 1. */
const partOfTime = (first: Instant, at: Instant, last: Instant): number =>
  (millisOf(at) - millisOf(first)) / (millisOf(last) - millisOf(first));

async function entryNumbered({ ledger }: Store, walletId: string, seq: number): Promise<Entry> {
  const entry = await ledger.entry(walletId, seq);
  if (!entry) throw new Error(`${walletId}: entry ${seq} is missing`);
  return entry;
}

/** Newest first, from `fromSeq` or the tail downwards, one page of results at a time. */
export async function* entriesNewestFirst(
  { ledger }: Store,
  walletId: string,
  fromSeq?: number,
): AsyncGenerator<Entry> {
  let next = fromSeq;
  for (;;) {
    const limit = 100;
    const page = await ledger.newestFirst(walletId, next === undefined ? { limit } : { fromSeq: next, limit });
    yield* page;
    const last = page.at(-1);
    // Each page begins below the one before, so seq 1 ends the loop.
    if (!last || last.seq === 1) return;
    next = last.seq - 1;
  }
}

/**
 * R17: the credits that can still come back to the wallet. Entries never change, so this is the wallet as it was read.
 */
export async function readPendingReturns(store: Store, wallet: Wallet, rules: Rules): Promise<PendingReturn[]> {
  const seqs = pendingSeqsOf(wallet, rules);
  if (seqs.length === 0) return [];
  const entries = await store.ledger.entries(wallet.walletId, seqs);
  if (entries.length < seqs.length) throw new Error(`${wallet.walletId}: a pending entry of ${seqs} is missing`);
  return pendingReturnsOf(wallet, entries, rules);
}
