/** Checks InMails against the entries that paid for them and gave credits back (I6, I7, I11). */
import type { Books, Violation } from './books.ts';
import { type AnsweredInMail, type InMail, isAnswered } from './inmail.ts';
import type { Entry } from './ledger.ts';
import { type Rules, returnableUntil } from './rules.ts';

const walletOf = ({ senderId, product }: InMail): string => `${senderId}#${product}`;
const placeOf = ({ walletId, seq }: Entry): string => `${walletId} ${seq}`;
const byInMail = (entries: readonly Entry[], type: Entry['type']) =>
  Map.groupBy(
    entries.filter((entry) => entry.type === type),
    ({ inmailId }) => inmailId ?? '',
  );

/** I6: every `sent` entry paid for one InMail, and every InMail was paid for by one `sent` entry. */
export function auditPayments({ entries, inmails }: Books): Violation[] {
  const payments = byInMail(entries, 'sent');
  const paidWrongly = inmails.flatMap((inmail): Violation[] => {
    const paid = payments.get(inmail.inmailId) ?? [];
    const what = paid.length === 1 ? undefined : `paid ${paid.length} times`;
    return what ? [{ invariant: 'I6', where: inmail.inmailId, what }] : [];
  });
  const byId = new Map(inmails.map((inmail) => [inmail.inmailId, inmail]));
  const astray = [...payments.values()].flat().flatMap((entry): Violation[] => {
    const inmail = byId.get(entry.inmailId ?? '');
    const pays =
      inmail?.seq === entry.seq &&
      inmail.sentAt === entry.at &&
      inmail.term === entry.term &&
      walletOf(inmail) === entry.walletId;
    return pays ? [] : [{ invariant: 'I6', where: placeOf(entry), what: `pays for no such InMail: ${entry.inmailId}` }];
  });
  return [...paidWrongly, ...astray];
}

/** I7: a credit comes back once, for a response in time, to the wallet and the term that paid. It is never withheld. */
export function auditReturns({ entries, inmails }: Books, rules: Rules): Violation[] {
  const returns = byInMail(entries, 'returned');
  const ledgers = Map.groupBy(entries, ({ walletId }) => walletId);
  const byId = new Map(inmails.map((inmail) => [inmail.inmailId, inmail]));
  const given = [...returns.values()].flat().flatMap((entry): Violation[] => {
    const what = faultOfReturn(entry, byId.get(entry.inmailId ?? ''), rules);
    return what ? [{ invariant: 'I7', where: placeOf(entry), what: `${entry.inmailId} ${what}` }] : [];
  });
  const outcomes = inmails.filter(isAnswered).flatMap((inmail): Violation[] => {
    const ledger = ledgers.get(walletOf(inmail)) ?? [];
    const what = faultOfOutcome(inmail, returns.get(inmail.inmailId) ?? [], ledger, rules);
    return what ? [{ invariant: 'I7', where: inmail.inmailId, what }] : [];
  });
  return [...given, ...outcomes];
}

function faultOfReturn(entry: Entry, inmail: InMail | undefined, rules: Rules): string | undefined {
  if (!inmail || !isAnswered(inmail)) return 'was not answered';
  if (entry.at !== inmail.response.at) return `was answered at ${inmail.response.at}`;
  if (entry.at > returnableUntil(inmail.sentAt, rules)) return 'was answered late';
  const isPayer = entry.term === inmail.term && entry.walletId === walletOf(inmail);
  return isPayer ? undefined : 'was paid by another wallet or term';
}

/** Checks what an answered InMail says of its credit against the ledger that paid. */
function faultOfOutcome(
  { sentAt, term, response, credit, creditReason }: AnsweredInMail,
  returns: readonly Entry[],
  ledger: readonly Entry[],
  rules: Rules,
): string | undefined {
  const isLate = response.at > returnableUntil(sentAt, rules);
  const isTermEnded = ledger.some((entry) => entry.term > term && entry.at <= response.at);
  const [first, ...more] = returns;
  if (more.length > 0) return `came back ${returns.length} times`;
  const said = creditReason ?? credit;
  if (first) {
    const recorded = first.delta === 1 ? 'returned' : 'at-cap';
    return said === recorded ? undefined : `says ${said}, and its wallet says ${recorded}`;
  }
  if (said === 'late') return isLate ? undefined : 'says late, and was answered in time';
  if (said === 'term-ended')
    return isTermEnded && !isLate ? undefined : 'says that its term had ended, which it had not';
  return `says ${said}, and its wallet knows nothing of it`;
}

/** I11: a pair's InMails are numbered 1…k, only the last may be unanswered, and each follows the response before it. */
export function auditPairs({ inmails }: Books): Violation[] {
  const pairs = Map.groupBy(inmails, ({ senderId, recipientId }) => `${senderId}~${recipientId}`);
  return [...pairs].flatMap(([pair, sent]) =>
    sent
      .toSorted((one, other) => one.n - other.n)
      .flatMap((inmail, index, inOrder): Violation[] => {
        const before = inOrder[index - 1];
        const what = faultInPair(inmail, index + 1, sent.length) ?? orderFault(inmail, before);
        return what ? [{ invariant: 'I11', where: pair, what }] : [];
      }),
  );
}

function faultInPair(inmail: InMail, n: number, count: number): string | undefined {
  if (inmail.n !== n) return `InMail ${inmail.n} where ${n} was due`;
  return n < count && !isAnswered(inmail) ? `InMail ${n} is unanswered, and another followed` : undefined;
}

function orderFault({ n, sentAt }: InMail, before: InMail | undefined): string | undefined {
  if (!before || !isAnswered(before) || before.response.at <= sentAt) return undefined;
  return `InMail ${n} was sent at ${sentAt}, before the response of ${before.response.at} that freed the pair`;
}
