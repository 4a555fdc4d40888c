/** Whether a statement holds: gapless, its balances add up, its amounts are the rules', and no entry was altered since. */
import { auditWallet } from '../../shared/domain/audit-wallet.ts';
import { type Entry, GENESIS_HASH, hashOf } from '../../shared/domain/ledger.ts';
import type { Rules } from '../../shared/domain/rules.ts';

export type Verdict =
  | { readonly kind: 'holds'; readonly count: number; readonly lastHash: string }
  /** `seq` is that of the first entry that does not fit. */
  | { readonly kind: 'broken'; readonly seq: number; readonly what: string };

/**
 * `entries` are all of the wallet's, in any order. The chain comes first: what the rules are then asked about is what
 * was written. A statement that was cut off at its newest end cannot be told from a shorter one; whoever kept an earlier
 * hash can look for it.
 */
export function verify(walletId: string, entries: readonly Entry[], rules: Rules): Verdict {
  const inOrder = entries.toSorted((one, other) => one.seq - other.seq);
  const at = inOrder.findIndex((entry, index) => chainFault(walletId, entry, inOrder[index - 1]) !== undefined);
  const sound = at === -1 ? inOrder : inOrder.slice(0, at);
  const [violation] = auditWallet(sound, rules);
  if (violation) return { kind: 'broken', seq: seqIn(violation.where), what: `${violation.what}.` };
  const broken = inOrder[at];
  if (broken) {
    return { kind: 'broken', seq: broken.seq, what: chainFault(walletId, broken, inOrder[at - 1]) ?? '' };
  }
  return { kind: 'holds', count: inOrder.length, lastHash: inOrder.at(-1)?.hash ?? GENESIS_HASH };
}

function chainFault(walletId: string, entry: Entry, before: Entry | undefined): string | undefined {
  const due = (before?.seq ?? 0) + 1;
  if (entry.walletId !== walletId) return `It is an entry of ${entry.walletId}.`;
  if (entry.seq !== due) return `Number ${due} is missing before it, or stands there twice.`;
  if (before && entry.balance !== before.balance + entry.delta) {
    return `The balance before was ${before.balance}; with ${entry.delta} that makes no ${entry.balance}.`;
  }
  if (entry.prevHash !== (before?.hash ?? GENESIS_HASH)) return 'It is not chained to the entry before it.';
  if (entry.hash !== hashOf(entry.prevHash, entry)) return 'Its hash is not that of what it says.';
  return undefined;
}

/** A violation is of `ada#premium 7`. */
const seqIn = (where: string): number => Number(where.slice(where.lastIndexOf(' ') + 1));
