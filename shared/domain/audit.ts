/**
 * The books against the invariants I1–I11 (reliability.md), worked out from the rules' table and not by the functions
 * that decide and write: a fault in those must not hide itself. It shares with them only the catalogue, the calendar of
 * renewals and the hash, which have tests of their own.
 */
import { auditPairs, auditPayments, auditReturns } from './audit-inmails.ts';
import { auditWallet } from './audit-wallet.ts';
import type { Books, Violation } from './books.ts';
import type { Rules } from './rules.ts';

/** Every violation there is; none when the books are clean. Entries and InMails in any order. */
export function audit(books: Books, rules: Rules): Violation[] {
  const wallets = [...Map.groupBy(books.entries, ({ walletId }) => walletId).values()];
  return [
    ...wallets.flatMap((entries) => auditWallet(entries, rules)),
    ...auditPayments(books),
    ...auditReturns(books, rules),
    ...auditPairs(books),
  ];
}
