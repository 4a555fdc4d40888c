/**
 * The books against the invariants I1–I11 (reliability.md), worked out from the rules' table and not by the functions
 * that write the books: a fault in those must not hide itself.
 */
import { auditPairs, auditPayments, auditReturns } from './audit-inmails.ts';
import { auditWallet } from './audit-wallet.ts';
import type { InMail } from './inmail.ts';
import type { Entry } from './ledger.ts';
import type { Rules } from './rules.ts';

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11';

/** `where` is a wallet's entry (`ada#premium 7`), an InMail or a pair. */
export type Violation = { readonly invariant: Invariant; readonly where: string; readonly what: string };

export type Books = { readonly entries: readonly Entry[]; readonly inmails: readonly InMail[] };

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
