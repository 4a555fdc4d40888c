/** Reading a wallet, now or at any other instant (R6, R17). */
import { pendingReturnsSince } from '../domain/credits.ts';
import type { Instant } from '../domain/instant.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Rules } from '../domain/rules.ts';
import { type Wallet, walletAt } from '../domain/wallet.ts';
import type { Store } from './store.ts';

/** The wallet at `now`: one strongly consistent read, and the renewals due since computed (R6). */
export async function readWallet(store: Store, walletId: string, now: Instant, rules: Rules): Promise<Wallet> {
  return walletAt(walletId, await store.ledger.tail(walletId), now, rules);
}

/** The wallet as it was or will be at `at`, if nothing else happens. Without a state before its first entry. */
export async function readWalletAsOf(store: Store, walletId: string, at: Instant, rules: Rules): Promise<Wallet> {
  return walletAt(walletId, await entryAsOf(store, walletId, at), at, rules);
}

/**
 * The last entry at or before `at`. Entries never go back in time (I8), so halving the sequence finds it: 20 reads for
 * a ledger of a million entries.
 */
async function entryAsOf({ ledger }: Store, walletId: string, at: Instant): Promise<Entry | undefined> {
  const tail = await ledger.tail(walletId);
  if (!tail || tail.at <= at) return tail;
  let found: Entry | undefined;
  let [first, last] = [1, tail.seq - 1];
  while (first <= last) {
    const middle = Math.floor((first + last) / 2);
    const entry = await ledger.entry(walletId, middle);
    if (!entry) throw new Error(`${walletId}: entry ${middle} of ${tail.seq} is missing`);
    if (entry.at <= at) {
      found = entry;
      first = middle + 1;
    } else {
      last = middle - 1;
    }
  }
  return found;
}

/** Newest first, from `fromSeq` down or from the tail, a page at a time. */
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

/** The written entries in which `pendingReturnsOf` finds what it looks for. */
export async function recentEntries(
  store: Store,
  { walletId, tail, at, state }: Wallet,
  rules: Rules,
): Promise<Entry[]> {
  const since = pendingReturnsSince(at, rules);
  const entries: Entry[] = [];
  if (!tail) return entries;
  for await (const entry of entriesNewestFirst(store, walletId, tail.seq)) {
    if (entry.at < since || entry.term !== state?.term) break;
    entries.push(entry);
  }
  return entries;
}
