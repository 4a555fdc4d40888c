/** The books as a whole, and the ways in which they can be wrong (I1–I11 of docs/reliability.md). */
import type { InMail } from './inmail.ts';
import type { Entry } from './ledger.ts';

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11';

/** `where` is a wallet's entry (`ada#premium 7`), an InMail or a pair. */
export type Violation = { readonly invariant: Invariant; readonly where: string; readonly what: string };

export type Books = { readonly entries: readonly Entry[]; readonly inmails: readonly InMail[] };
