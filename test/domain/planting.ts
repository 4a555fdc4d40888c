/** Puts one fault into clean books. Chains are sealed anew, unless the fault is in the chain itself. */

import { audit } from '../../shared/domain/audit.ts';
import type { Books, Invariant } from '../../shared/domain/books.ts';
import { answer, type InMail, isAnswered } from '../../shared/domain/inmail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { type Entry, type EntryBody, RULE_OF, seal } from '../../shared/domain/ledger.ts';
import { withoutPending, withPending } from '../../shared/domain/pending.ts';
import { RULES, type Rules } from '../../shared/domain/rules.ts';
import { anInMail, lastOf } from '../support/domain-builders.ts';
import { storyBooks } from './story.ts';

export type Plant = (books: Books) => Books;

/** The invariants that the audit of the story names with `plants` in it, each once, in order. */
export function namedWith(...plants: readonly Plant[]): Invariant[] {
  const books = plants.reduce((planted, plant) => plant(planted), storyBooks());
  return namedIn(books);
}

export function namedIn(books: Books, rules: Rules = RULES): Invariant[] {
  const named = new Set(audit(books, rules).map(({ invariant }) => invariant));
  return [...named].sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
}

/** Replaces a wallet's entries and chains them. */
function rewrite(walletId: string, rewriteEntries: (entries: readonly Entry[]) => readonly EntryBody[]): Plant {
  return ({ entries, inmails }) => {
    const own = entries.filter((entry) => entry.walletId === walletId);
    const others = entries.filter((entry) => entry.walletId !== walletId);
    const bodies = rewriteEntries(own).map((entry) => {
      const { hash: _hash, prevHash: _prevHash, ...body } = entry as Entry;
      return body;
    });
    return { entries: [...others, ...seal(undefined, bodies)], inmails };
  };
}

/** An entry says something else. Throws when there is no such entry. */
export const edit = (walletId: string, seq: number, patch: Partial<EntryBody>): Plant =>
  rewrite(walletId, (entries) => {
    if (!entries[seq - 1]) throw new Error(`${walletId} has no entry ${seq}`);
    return entries.map((entry) => (entry.seq === seq ? { ...entry, ...patch } : entry));
  });

/** An entry is left out, and those after it keep their numbers. */
export const leaveOut = (walletId: string, seq: number): Plant =>
  rewrite(walletId, (entries) => entries.filter((entry) => entry.seq !== seq));

/** One more entry after the last. It is like the last, with a delta of 0, except for what `facts` say. */
export const append = (walletId: string, facts: Partial<EntryBody> & Pick<EntryBody, 'type'>): Plant =>
  rewrite(walletId, (entries) => {
    const { inmailId: _id, ...tail } = lastOf(entries);
    const { delta = 0 } = facts;
    const seq = tail.seq + 1;
    const next = {
      ...tail,
      seq,
      delta,
      balance: tail.balance + delta,
      forfeited: 0,
      rule: RULE_OF[facts.type],
      ...facts,
    };
    return [...entries, { ...next, pending: facts.pending ?? pendingAfter(entries, next) }];
  });

/** The pending InMails that the entry has to name, so that the planted fault is the only one. */
function pendingAfter(entries: readonly EntryBody[], { type, seq, at, inmailId }: EntryBody): string {
  const { pending } = lastOf(entries);
  if (type === 'sent') return withPending(pending, { seq, at });
  if (type === 'renewed') return pending;
  if (type !== 'returned') return '';
  const sent = entries.findLast((entry) => entry.type === 'sent' && entry.inmailId === inmailId);
  return withoutPending(pending, sent?.seq ?? 0);
}

/** A written entry is changed, or a hash is, and the chain left as it was. */
export const tamper =
  (walletId: string, seq: number, patch: Partial<Entry>): Plant =>
  ({ entries, inmails }) => ({
    entries: entries.map((entry) =>
      entry.walletId === walletId && entry.seq === seq ? { ...entry, ...patch } : entry,
    ),
    inmails,
  });

export const addInMail =
  (inmail: InMail): Plant =>
  ({ entries, inmails }) => ({ entries, inmails: [...inmails, inmail] });

export const editInMail =
  (inmailId: string, change: (inmail: InMail) => InMail | undefined): Plant =>
  ({ entries, inmails }) => {
    if (!inmails.some((inmail) => inmail.inmailId === inmailId)) throw new Error(`no InMail ${inmailId}`);
    return {
      entries,
      inmails: inmails.flatMap((inmail) => (inmail.inmailId === inmailId ? (change(inmail) ?? []) : inmail)),
    };
  };

type Payment = { readonly walletId: string; readonly to: string; readonly at: string; readonly n?: number };

/** A credit is spent by the last entry of a wallet, for an InMail that fits. `facts` say what is wrong with the entry. */
export function payFor({ walletId, to, at, n = 1 }: Payment, facts: Partial<EntryBody> = {}): Plant {
  return (books) => {
    const [senderId = '', product] = walletId.split('#');
    const tail = lastOf(books.entries.filter((entry) => entry.walletId === walletId));
    const { term, seq } = { term: tail.term, seq: tail.seq + 1, ...facts };
    const sentAt = instant(at);
    const inmail = anInMail({ senderId, recipientId: to, n, term, seq, sentAt, product: product as InMail['product'] });
    const entry = { type: 'sent', at: sentAt, delta: -1, inmailId: inmail.inmailId, ...facts } as const;
    return addInMail(inmail)(append(walletId, entry)(books));
  };
}

export type Outcome = Parameters<typeof answer>[2];

/** An unanswered InMail is answered, and says what became of its credit. */
export const answerInMail = (inmailId: string, at: string, outcome: Outcome): Plant =>
  editInMail(inmailId, (inmail) => {
    if (isAnswered(inmail)) throw new Error(`${inmailId} was answered`);
    return answer(inmail, { type: 'accept', at: instant(at) }, outcome);
  });

/** A credit comes back as the last entry of a wallet. */
export const giveBack = (walletId: string, inmailId: string, at: string, facts: Partial<EntryBody> = {}): Plant =>
  append(walletId, { type: 'returned', at: instant(at) as Instant, delta: 1, inmailId, ...facts });
