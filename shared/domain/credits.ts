/** The credits of a wallet as a member sees them (R17). */
import { partsOfInMailId } from './inmail.ts';
import { type Instant, plusHours } from './instant.ts';
import { type Entry, type EntryBody, partsOfWalletId } from './ledger.ts';
import { parsePending, pendingAt } from './pending.ts';
import type { Product } from './plans.ts';
import { planNamed, type Rules, returnableUntil } from './rules.ts';
import { grantOf, isActive, renewal, type Wallet } from './wallet.ts';

/** The next renewal. `brings` and `forfeits` hold if nothing happens until then. */
export type Renewal = { readonly at: Instant; readonly brings: number; readonly forfeits: number };

export type Credits = {
  readonly memberId: string;
  readonly product: Product;
  readonly asOf: Instant;
  /** Null after a cancellation, as is `nextRenewal`. The numbers are 0 then. */
  readonly plan: string | null;
  readonly balance: number;
  readonly cap: number;
  readonly allotment: number;
  readonly nextRenewal: Renewal | null;
};

/** An InMail whose credit can still come back, and the last instant at which a response returns it (R13). */
export type PendingReturn = {
  readonly inmailId: string;
  readonly recipientId: string;
  readonly sentAt: Instant;
  readonly returnableUntil: Instant;
};

/** The credits that a state means at `asOf`. The state is already rolled forward to that instant. */
export function creditsOf(state: EntryBody, asOf: Instant, rules: Rules): Credits {
  const owner = partsOfWalletId(state.walletId);
  if (state.type === 'cancelled') {
    return { ...owner, asOf, plan: null, balance: 0, cap: 0, allotment: 0, nextRenewal: null };
  }
  const { cap, allotment } = grantOf(state, asOf, rules);
  const { plan, balance } = state;
  return { ...owner, asOf, plan, balance, cap, allotment, nextRenewal: nextRenewalOf(state, rules) };
}

/** `state` is that of an active wallet. */
export function nextRenewalOf(state: EntryBody, rules: Rules): Renewal {
  const { at, delta, forfeited } = renewal(state, planNamed(state.plan, rules), rules);
  return { at, brings: delta, forfeits: forfeited };
}

/**
 * R13, R17: the numbers of the entries that `pendingReturnsOf` needs. The wallet's state names them, so the cost of a
 * read follows what is pending and not what has happened.
 */
export function pendingSeqsOf(wallet: Wallet, rules: Rules): number[] {
  if (!isActive(wallet)) return [];
  return parsePending(pendingAt(wallet.state.pending, wallet.at, rules)).map(({ seq }) => seq);
}

/**
 * R13, R17: the InMails whose credit can come back, oldest first. They are the `sent` entries of the current term that
 * wait for a response within their window. `entries` hold at least those of `pendingSeqsOf`, in any order.
 */
export function pendingReturnsOf(wallet: Wallet, entries: readonly Entry[], rules: Rules): PendingReturn[] {
  const named = new Set(pendingSeqsOf(wallet, rules));
  const since = plusHours(wallet.at, -rules.returnWindowHours);
  return entries
    .filter(({ seq, at }) => named.has(seq) && at >= since)
    .toSorted((one, other) => one.seq - other.seq)
    .map(({ inmailId = '', at: sentAt }) => {
      const recipientId = partsOfInMailId(inmailId)?.recipientId ?? '';
      return { inmailId, recipientId, sentAt, returnableUntil: returnableUntil(sentAt, rules) };
    });
}
