/** Plain facts for the tests of the rules. Each is whole and valid, and takes the parts that a test cares about. */
import type { Change, ChangeOf } from '../../shared/domain/change.ts';
import { inmailIdOf, type ResponseGiven, type UnansweredInMail } from '../../shared/domain/inmail.ts';
import { type DateOnly, dateOf, dayOfMonth, type Instant, instant } from '../../shared/domain/instant.ts';
import { type Entry, type EntryBody, RULE_OF, seal } from '../../shared/domain/ledger.ts';
import { defineCatalogue, type Plan } from '../../shared/domain/plans.ts';
import { planNamed, RULES, type Rules } from '../../shared/domain/rules.ts';
import type { SendCommand } from '../../shared/domain/sending.ts';
import { type Wallet, walletAt } from '../../shared/domain/wallet.ts';

export const DAY_MILLIS = 24 * 3_600_000;

export const day = (text: string): DateOnly => text as DateOnly;
export const plus = (at: Instant, millis: number): Instant => instant(Date.parse(at) + millis);
export const planOf = (name: string, rules: Rules = RULES): Plan => planNamed(name, rules);

/** One answer of each kind (R12), and one of each quick reply. */
export const RESPONSES: readonly ResponseGiven[] = [
  { type: 'accept' },
  { type: 'decline' },
  { type: 'reply', text: 'Tell me more' },
  { type: 'quick-reply', text: 'interested' },
  { type: 'quick-reply', text: 'maybe-later' },
  { type: 'quick-reply', text: 'not-interested' },
];

/** For the names of tests: `quick-reply interested`. */
export const wordsOf = (response: ResponseGiven): string =>
  'text' in response ? `${response.type} “${response.text}”` : response.type;

/** Throws unless there is exactly one. */
export function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (items.length !== 1 || item === undefined) throw new Error(`${items.length} where one was due`);
  return item;
}

/** Throws when there is none. */
export function lastOf<T>(items: readonly T[]): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error('none where one was due');
  return item;
}

/** Ada's wallet after a sign-up for Career on 10 Jan 2024, except for `facts`. */
export function aBody(facts: Partial<EntryBody> = {}): EntryBody {
  const { at = instant('2024-01-10T09:00:00Z'), type = 'subscribed' } = facts;
  const balance = facts.balance ?? 5;
  return {
    walletId: 'ada#premium',
    seq: 1,
    at,
    type,
    delta: balance,
    balance,
    forfeited: 0,
    term: 1,
    plan: 'premium-career',
    anchorDay: dayOfMonth(dateOf(at)),
    lastGrantOn: dateOf(at),
    pending: '',
    rule: RULE_OF[type],
    ...facts,
  };
}

/** A written entry with these `facts`, chained onto nothing. */
export const anEntry = (facts: Partial<EntryBody> = {}): Entry => only(seal(undefined, [aBody(facts)]));

/** The wallet after a last entry with these `facts`, as it is at `now`. The default is the entry's own instant. */
export function aWallet(facts: Partial<EntryBody> = {}, now?: string, rules: Rules = RULES): Wallet {
  const tail = anEntry(facts);
  return walletAt(tail.walletId, tail, now === undefined ? tail.at : instant(now), rules);
}

/** A wallet without any subscription, past or present. */
export const noWallet = (walletId = 'ada#premium', now = '2024-01-10T09:00:00Z'): Wallet =>
  walletAt(walletId, undefined, instant(now), RULES);

/** Ada's first InMail to Bob, pending, paid by entry 2 of her Premium wallet. */
export function anInMail(facts: Partial<UnansweredInMail> = {}): UnansweredInMail {
  const { senderId = 'ada', recipientId = 'bob', n = 1 } = facts;
  return {
    inmailId: inmailIdOf({ senderId, recipientId, n }),
    senderId,
    recipientId,
    n,
    product: 'premium',
    term: 1,
    seq: 2,
    subject: 'A role',
    body: 'Would you like to talk?',
    sentAt: instant('2024-01-10T10:00:00Z'),
    idempotencyKey: `key-${n}`,
    status: 'pending',
    ...facts,
  };
}

/** Ada writes to Bob from Premium. */
export function aSend(facts: Partial<SendCommand> = {}): SendCommand {
  const { inmailId: _id, n: _n, term: _term, seq: _seq, sentAt: _at, status: _status, ...command } = anInMail();
  return { ...command, ...facts };
}

/** The changes of a decision, or nothing if it has none. */
export const changesOf = (decision: { readonly kind: string; readonly changes?: readonly Change[] }) =>
  decision.changes ?? [];

export function changesOfKind<Kind extends Change['kind']>(
  kind: Kind,
  decision: { readonly kind: string; readonly changes?: readonly Change[] },
): ChangeOf<Kind>[] {
  return changesOf(decision).filter((change): change is ChangeOf<Kind> => change.kind === kind);
}

/** The entries of a decision, in order. */
export const entriesOf = (decision: { readonly kind: string; readonly changes?: readonly Change[] }): Entry[] =>
  changesOfKind('append-entry', decision).map(({ entry }) => entry);

/** The columns of an entry that the table in docs/rules.md has. */
export const amountsOf = ({ type, at, delta, forfeited, balance }: EntryBody) => ({
  type,
  at,
  delta,
  forfeited,
  balance,
});

const since2000 = (allotment: number, cap: number) => ({ from: day('2000-01-01'), allotment, cap });

/** A world with wallets that fill and empty within days, and a plan that grants more from a date on. */
export const SMALL_RULES: Rules = {
  catalogue: defineCatalogue([
    { plan: 'one', title: 'One', product: 'premium', renews: 'anniversary', grants: [since2000(1, 2)] },
    { plan: 'two', title: 'Two', product: 'premium', renews: 'first-of-month', grants: [since2000(2, 3)] },
    { plan: 'three', title: 'Three', product: 'premium', renews: 'anniversary', grants: [since2000(3, 3)] },
    { plan: 'first', title: 'First', product: 'recruiter', renews: 'first-of-month', grants: [since2000(1, 1)] },
    {
      plan: 'growing',
      title: 'Growing',
      product: 'recruiter',
      renews: 'anniversary',
      grants: [since2000(1, 2), { from: day('2024-07-15'), allotment: 3, cap: 4 }],
    },
  ]),
  returnWindowHours: 30 * 24,
  reminderAfterHours: 71,
  reminderUntilHours: 96,
};
