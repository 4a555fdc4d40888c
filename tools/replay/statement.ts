/** A replay leaves a summary of the books as of an instant, every wallet, and every entry. */
import type { Books } from '../../shared/domain/books.ts';
import { type InMail, isAnswered, seenAt } from '../../shared/domain/inmail.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type Entry, partsOfWalletId, seal } from '../../shared/domain/ledger.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { renewalsDue } from '../../shared/domain/wallet.ts';
import { notRun } from '../../shared/http/csv.ts';
import type { Refused } from './driver.ts';

/** The books as of `asOf`. They include renewals that are due by then and not yet written (R6). */
export function booksAsOf({ entries, inmails }: Books, asOf: Instant, rules: Rules): Books {
  const ledgers = [...Map.groupBy(entries, ({ walletId }) => walletId).values()];
  const complete = ledgers.map((ledger) => {
    const written = ledger.toSorted((one, other) => one.seq - other.seq);
    const tail = written.at(-1);
    return tail ? [...written, ...seal(tail, renewalsDue(tail, asOf, rules))] : written;
  });
  return { entries: complete.toSorted(byWallet).flat(), inmails };
}

const byWallet = ([one]: readonly Entry[], [other]: readonly Entry[]): number =>
  (one?.walletId ?? '') < (other?.walletId ?? '') ? -1 : 1;

const sum = <Row>(rows: readonly Row[], amountOf: (row: Row) => number): number =>
  rows.reduce((total, row) => total + amountOf(row), 0);

export function summaryOf({ entries, inmails }: Books, refused: Refused, asOf: Instant, rules: Rules) {
  return { asOf, inmails: inmailFigures(inmails, asOf, rules), refused, credits: creditFigures(entries, inmails) };
}

function inmailFigures(inmails: readonly InMail[], asOf: Instant, rules: Rules) {
  const answered = inmails.filter(isAnswered);
  const respondedLate = answered.filter(({ creditReason }) => creditReason === 'late').length;
  const statuses = inmails.map((inmail) => seenAt(inmail, asOf, rules).status);
  return {
    sent: inmails.length,
    respondedInTime: answered.length - respondedLate,
    respondedLate,
    pending: statuses.filter((status) => status === 'pending').length,
    expired: statuses.filter((status) => status === 'expired').length,
    reminded: inmails.filter(({ remindedAt }) => remindedAt).length,
  };
}

function creditFigures(entries: readonly Entry[], inmails: readonly InMail[]) {
  const of = (...types: Entry['type'][]) => entries.filter(({ type }) => types.includes(type));
  const forfeited = (type: Entry['type']) => sum(of(type), (entry) => entry.forfeited);
  const answered = inmails.filter(isAnswered);
  return {
    // The delta of a grant and what it forfeited are together the whole allotment, also where it replaced an old balance.
    granted: sum(of('subscribed', 'renewed', 'plan-changed'), ({ delta, forfeited: lost }) => delta + lost),
    spent: of('sent').length,
    returned: sum(of('returned'), ({ delta }) => delta),
    forfeited: {
      'renewal-over-cap': forfeited('renewed'),
      'return-over-cap': forfeited('returned'),
      'plan-change': forfeited('plan-changed'),
      cancellation: forfeited('cancelled'),
    },
    notReturned: {
      late: answered.filter(({ creditReason }) => creditReason === 'late').length,
      'subscription-ended': answered.filter(({ creditReason }) => creditReason === 'term-ended').length,
    },
    balance: sum(entries, ({ delta }) => delta),
  };
}

/** Ids of digits stay as they are, because programs read these files. No spreadsheet runs a field of them. */
const csv = (header: string, rows: readonly (readonly unknown[])[]): string =>
  `${[header, ...rows.map((row) => row.map((field) => (typeof field === 'string' ? notRun(field) : field)).join(','))].join('\n')}\n`;

/** Sorted by wallet. The plan is empty when cancelled. */
export function walletsCsv({ entries }: Books): string {
  const tails = new Map(entries.map((entry) => [entry.walletId, entry]));
  const rows = [...tails.values()].map(({ walletId, type, plan, balance }) => {
    const { memberId, product } = partsOfWalletId(walletId);
    return [memberId, product, type === 'cancelled' ? '' : plan, balance];
  });
  return csv('memberId,product,plan,balance', rows);
}

/** Sorted by wallet and seq. */
export function ledgerCsv({ entries }: Books): string {
  const rows = entries.map(({ walletId, seq, at, type, delta, balance, forfeited }) => {
    const { memberId, product } = partsOfWalletId(walletId);
    return [memberId, product, seq, at, type, delta, balance, forfeited];
  });
  return csv('memberId,product,seq,at,type,delta,balance,forfeited', rows);
}
