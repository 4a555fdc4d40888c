/**
 * The books against the invariants I1–I11 (reliability.md), worked out from the rules' table and not by the functions
 * that write the books: a fault in those must not hide itself.
 */
import { type InMail, isAnswered } from './inmail.ts';
import { dateOf, midnightOf } from './instant.ts';
import { type Entry, GENESIS_HASH, hashOf } from './ledger.ts';
import { type Grant, grantOn } from './plans.ts';
import { nextRenewalDate } from './renewals.ts';
import { planNamed, type Rules, returnableUntil } from './rules.ts';

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11';

/** `where` is a wallet's entry (`ada#premium 7`), an InMail or a pair. */
export type Violation = { readonly invariant: Invariant; readonly where: string; readonly what: string };

export type Books = { readonly entries: readonly Entry[]; readonly inmails: readonly InMail[] };

/** Every violation there is; none when the books are clean. Entries and InMails in any order. */
export function audit(books: Books, rules: Rules): Violation[] {
  const inmails = new Map(books.inmails.map((inmail) => [inmail.inmailId, inmail]));
  const wallets = [...Map.groupBy(books.entries, ({ walletId }) => walletId).values()];
  const pairs = [...Map.groupBy(books.inmails, (inmail) => `${inmail.senderId}~${inmail.recipientId}`)];
  return [
    ...wallets.flatMap((entries) => auditWallet(entries, rules)),
    ...auditPayments(books, inmails),
    ...auditReturns(books, inmails, rules),
    ...pairs.flatMap(([pair, sent]) => auditPair(pair, sent)),
  ];
}

function auditWallet(unordered: readonly Entry[], rules: Rules): Violation[] {
  const entries = unordered.toSorted((one, other) => one.seq - other.seq);
  return entries.flatMap((entry, index) => {
    const found = auditEntry(entry, entries[index - 1], index + 1, rules);
    return found.map(([invariant, what]) => ({ invariant, where: `${entry.walletId} ${entry.seq}`, what }));
  });
}

type Found = [Invariant, string];

function auditEntry(entry: Entry, before: Entry | undefined, seq: number, rules: Rules): Found[] {
  const balanceBefore = before?.balance ?? 0;
  const grant = grantOn(planNamed(entry.plan, rules), dateOf(entry.at));
  const numbers = [entry.seq, entry.delta, entry.balance, entry.forfeited, entry.term, entry.anchorDay];
  return holding([
    ['I1', entry.seq === seq, `seq ${entry.seq} where ${seq} was due`],
    [
      'I2',
      entry.balance === balanceBefore + entry.delta,
      `${balanceBefore} and ${entry.delta} make no ${entry.balance}`,
    ],
    ['I3', entry.balance >= 0 && entry.balance <= grant.cap, `balance ${entry.balance} outside 0 to ${grant.cap}`],
    ...renewalLaws(entry, before, rules),
    ...amountLaws(entry, balanceBefore, grant),
    ...termLaws(entry, before),
    ['I8', !before || entry.at >= before.at, `${entry.at} is before ${before?.at}`],
    ['I9', entry.prevHash === (before?.hash ?? GENESIS_HASH), 'is not chained to the entry before'],
    ['I9', entry.hash === hashOf(entry.prevHash, entry), 'does not have the hash of what it says'],
    [
      'I10',
      numbers.every((number) => Number.isSafeInteger(number) && !Object.is(number, -0)),
      `${numbers} not integers`,
    ],
  ]);
}

type Law = [Invariant, boolean, string];

const holding = (laws: readonly Law[]): Found[] =>
  laws.filter(([, holds]) => !holds).map(([invariant, , what]) => [invariant, what]);

/** I4: the renewal due next is written before anything later, and at its own midnight. */
function renewalLaws(entry: Entry, before: Entry | undefined, rules: Rules): Law[] {
  const active = before !== undefined && before.type !== 'cancelled';
  if (!active) return [['I4', entry.type === 'subscribed', `${entry.type} without a subscription`]];
  const due = nextRenewalDate(planNamed(before.plan, rules), before.anchorDay, before.lastGrantOn);
  if (entry.type === 'renewed') {
    return [
      ['I4', entry.at === midnightOf(due) && entry.lastGrantOn === due, `renewed at ${entry.at}, due on ${due}`],
      ['I4', entry.term === before.term && entry.plan === before.plan, 'a renewal changes no plan'],
    ];
  }
  return [['I4', entry.at < midnightOf(due), `the renewal due on ${due} is missing before ${entry.at}`]];
}

/** I5: delta and forfeited as the table of rules.md says. */
function amountLaws({ type, delta, forfeited }: Entry, before: number, { allotment, cap }: Grant): Law[] {
  const renewed = Math.min(allotment, cap - before);
  const returned = before < cap ? 1 : 0;
  const [wantDelta, wantForfeited] = {
    subscribed: [allotment, 0],
    renewed: [renewed, allotment - renewed],
    sent: [-1, 0],
    returned: [returned, 1 - returned],
    'plan-changed': [allotment - before, before],
    cancelled: [0 - before, before],
  }[type];
  const want = `${type} from ${before}: delta ${wantDelta}, forfeited ${wantForfeited}`;
  return [
    ['I5', delta === wantDelta && forfeited === wantForfeited, `delta ${delta}, forfeited ${forfeited}; ${want}`],
  ];
}

/** I5: subscribing, changing plan and cancelling start the next term; nothing else does. */
function termLaws(entry: Entry, before: Entry | undefined): Law[] {
  const starts = entry.type === 'subscribed' || entry.type === 'plan-changed' || entry.type === 'cancelled';
  const term = (before?.term ?? 0) + (starts ? 1 : 0);
  return [['I5', entry.term === term, `term ${entry.term} where ${term} was due`]];
}

/** I6: every `sent` entry paid for one InMail, and every InMail was paid for by one `sent` entry. */
function auditPayments({ entries, inmails }: Books, byId: ReadonlyMap<string, InMail>): Violation[] {
  const payments = Map.groupBy(
    entries.filter(({ type }) => type === 'sent'),
    ({ inmailId }) => inmailId ?? '',
  );
  const unpaid = inmails.flatMap(({ inmailId }): Violation[] => {
    const times = payments.get(inmailId)?.length ?? 0;
    return times === 1 ? [] : [{ invariant: 'I6', where: inmailId, what: `paid ${times} times` }];
  });
  const astray = [...payments.values()].flat().flatMap((entry): Violation[] => {
    const inmail = byId.get(entry.inmailId ?? '');
    const same =
      inmail?.seq === entry.seq &&
      inmail.sentAt === entry.at &&
      inmail.term === entry.term &&
      entry.walletId === `${inmail.senderId}#${inmail.product}`;
    const where = `${entry.walletId} ${entry.seq}`;
    return same ? [] : [{ invariant: 'I6', where, what: `pays for no such InMail: ${entry.inmailId}` }];
  });
  return [...unpaid, ...astray];
}

/** I7: a credit comes back at most once, for an answer in time, to the wallet and the term that paid. */
function auditReturns({ entries }: Books, byId: ReadonlyMap<string, InMail>, rules: Rules): Violation[] {
  const returns = entries.filter(({ type }) => type === 'returned');
  const times = Map.groupBy(returns, ({ inmailId }) => inmailId);
  const wrong = returns.flatMap((entry): Violation[] => {
    const inmail = byId.get(entry.inmailId ?? '');
    const where = `${entry.walletId} ${entry.seq}`;
    const violation = (what: string): Violation[] => [{ invariant: 'I7', where, what }];
    if (!inmail || !isAnswered(inmail)) return violation(`${entry.inmailId} was not answered`);
    if (times.get(entry.inmailId)?.length !== 1) return violation(`${entry.inmailId} came back more than once`);
    if (entry.at !== inmail.response.at) return violation(`${entry.inmailId} was answered at ${inmail.response.at}`);
    if (entry.at > returnableUntil(inmail.sentAt, rules)) return violation(`${entry.inmailId} was answered late`);
    const payer = entry.term === inmail.term && entry.walletId === `${inmail.senderId}#${inmail.product}`;
    return payer ? [] : violation(`${entry.inmailId} was paid by another wallet or term`);
  });
  const unreturned = [...byId.values()].filter(isAnswered).flatMap((inmail): Violation[] => {
    const recorded = inmail.credit === 'returned' || inmail.creditReason === 'at-cap';
    if (recorded === times.has(inmail.inmailId)) return [];
    return [{ invariant: 'I7', where: inmail.inmailId, what: `says ${inmail.credit}, and its wallet does not agree` }];
  });
  return [...wrong, ...unreturned];
}

/** I11: a pair's InMails are numbered 1…k, and only the last may be unanswered. */
function auditPair(pair: string, sent: readonly InMail[]): Violation[] {
  return sent
    .toSorted((one, other) => one.n - other.n)
    .flatMap((inmail, index): Violation[] => {
      const violation = (what: string): Violation[] => [{ invariant: 'I11', where: pair, what }];
      if (inmail.n !== index + 1) return violation(`InMail ${inmail.n} where ${index + 1} was due`);
      const locks = index + 1 < sent.length && !isAnswered(inmail);
      return locks ? violation(`InMail ${inmail.n} is unanswered, and another followed`) : [];
    });
}
