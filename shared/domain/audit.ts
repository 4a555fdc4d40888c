/**
 * Checks the books against the invariants I1–I11 (docs/reliability.md). The checks come from the rules' table and not
 * from the functions that decide and write, because a fault in those must not hide itself. Both share only the
 * catalogue, the calendar of renewals and the hash, which have tests of their own.
 */
import { auditPairs, auditPayments, auditReturns } from './audit-inmails.ts';
import { auditWallet } from './audit-wallet.ts';
import type { Books, Violation } from './books.ts';
import type { Rules } from './rules.ts';

/** Every violation, or none when the books are clean. Entries and InMails may come in any order. */
export function audit(books: Books, rules: Rules): Violation[] {
  const wallets = [...Map.groupBy(books.entries, ({ walletId }) => walletId).values()];
  return [
    ...wallets.flatMap((entries) => auditWallet(entries, rules)),
    ...auditPayments(books),
    ...auditReturns(books, rules),
    ...auditPairs(books),
  ];
}
