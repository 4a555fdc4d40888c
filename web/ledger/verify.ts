/** Verifies a statement: it has no gap, its balances add up, its amounts follow the rules, and no entry was altered. */
import { auditWallet } from '../../shared/domain/audit-wallet.ts';
import { type Entry, GENESIS_HASH, hashOf } from '../../shared/domain/ledger.ts';
import type { Rules } from '../../shared/domain/rules.ts';

export type Verdict =
  | { readonly kind: 'holds'; readonly count: number; readonly lastHash: string }
  /** `seq` is the number of the first entry that does not fit. */
  | { readonly kind: 'broken'; readonly seq: number; readonly what: string };

/**
 * `entries` are all of the wallet's, in any order. The chain is checked first, so that the rules judge only entries that
 * were written. A statement without its newest entries looks like a shorter one. An earlier hash, kept elsewhere, shows it.
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
  if (entry.walletId !== walletId) return `It belongs to the wallet ${entry.walletId}.`;
  if (entry.seq !== due) return `Entry ${due} is missing before it, or appears twice.`;
  if (before && entry.balance !== before.balance + entry.delta) {
    return `The balance before was ${before.balance}. A change of ${entry.delta} does not make it ${entry.balance}.`;
  }
  if (entry.prevHash !== (before?.hash ?? GENESIS_HASH)) return 'It is not chained to the entry before it.';
  if (entry.hash !== hashOf(entry.prevHash, entry)) return 'Its hash does not match its content.';
  return undefined;
}

/** The place of a violation reads `ada#premium 7`. */
const seqIn = (where: string): number => Number(where.slice(where.lastIndexOf(' ') + 1));
