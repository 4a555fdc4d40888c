/**
 * Holds the whole books against their invariants. The books may be written to meanwhile, so a scan may see one half of a
 * transaction. A member whose books seem wrong is therefore read again by itself before a violation counts.
 */
import pMap from 'p-map';
import { audit } from '../../shared/domain/audit.ts';
import type { Books, Violation } from '../../shared/domain/books.ts';
import { digitsOf, type InMail, partsOfInMailId } from '../../shared/domain/inmail.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { PRODUCTS } from '../../shared/domain/plans.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Database } from '../../shared/store/database.ts';
import { readMemberBooks } from '../books/member-books.ts';
import { scanSource } from '../books/scan.ts';
import type { Source } from '../books/source.ts';
import type { OnProgress } from '../progress.ts';

export type Audit = {
  readonly wallets: number;
  readonly entries: number;
  readonly inmails: number;
  readonly violations: readonly Violation[];
};

export async function auditSource(source: Source, onProgress?: OnProgress): Promise<Audit> {
  const books = await scanSource(source, { keep: withoutText, ...(onProgress && { onProgress }) });
  const found = audit(books, RULES);
  const suspects = [...new Set(found.map(memberIn))];
  const confirmed = await pMap(suspects, (memberId) => lookAgain(source.database, memberId, found), {
    concurrency: MEMBERS_AT_ONCE,
  });
  return { ...countsOf(books), violations: confirmed.flat() };
}

/** The books of one member alone, which every invariant of a wallet or a pair needs. */
export async function auditMember(database: Database, memberId: string): Promise<Audit & { readonly books: Books }> {
  const books = await readMemberBooks(database, memberId);
  return { ...countsOf(books), violations: await lookAgain(database, memberId, audit(books, RULES)), books };
}

const countsOf = ({ entries, inmails }: Books) => ({
  wallets: new Set(entries.map(({ walletId }) => walletId)).size,
  entries: entries.length,
  inmails: inmails.length,
});

/** No invariant is about what members wrote, so their letters do not stay in memory. */
const withoutText = (inmail: InMail): InMail => ({ ...inmail, subject: '', body: '' });

/** The sender of every violation: it stands first in a wallet's entry (`ada#premium 7`), an InMail and a pair. */
const memberIn = ({ where }: Violation): string => where.split(/[#~ ]/)[0] ?? '';

/** A read takes some 5 ms. Eight at once keep a connection busy, and do not hinder the requests of members. */
const MEMBERS_AT_ONCE = 8;
/** Entries and InMails are read one after the other. A member does not write between them three times by chance. */
const MAX_LOOKS = 3;

/** The violations of a member that stay, and those at places that no read of a member's books comes to. */
async function lookAgain(database: Database, memberId: string, found: readonly Violation[]): Promise<Violation[]> {
  const own = found.filter((violation) => memberIn(violation) === memberId);
  const astray = own.filter((violation) => !isReadable(violation));
  let seen: readonly Violation[] = own;
  for (let look = 0; look < MAX_LOOKS && seen.length > astray.length; look += 1) {
    seen = [...astray, ...audit(await readMemberBooks(database, memberId), RULES)];
  }
  return [...seen];
}

/** `ada#premium 7` of a product that we have, `ada~bob~000001` or `ada~bob`. */
function isReadable(violation: Violation): boolean {
  const { where } = violation;
  const [walletId = ''] = where.split(' ');
  const isWallet = PRODUCTS.some((product) => walletIdOf(memberIn(violation), product) === walletId);
  return isWallet || [where, `${where}~${digitsOf(1)}`].some((id) => partsOfInMailId(id) !== undefined);
}
