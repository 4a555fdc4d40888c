/**
 * Whether every renewal that fell due in a month is written, and once. Balances do not wait for that (R6). A renewal is
 * reported missing when the renew sweep has missed it, not while the sweep still has time for it.
 *
 * The due dates follow from when each term began and ended, not from the renewals that are written. So a hole in the
 * middle of a ledger shows as clearly as one at its end.
 */
import type { Subscription } from './change.ts';
import { type DateOnly, dateInMonth, dateOf, type Instant, laterOf, midnightOf, monthOf } from './instant.ts';
import type { EntryBody } from './ledger.ts';
import { nextRenewalDate, renewalDayOf } from './renewals.ts';
import { planNamed, type Rules } from './rules.ts';

/** The attributes of an entry from which its renewals can be told. */
export const RENEWAL_FACTS = ['walletId', 'seq', 'at', 'type', 'term', 'plan', 'anchorDay', 'lastGrantOn'] as const;
export type RenewalFacts = Pick<EntryBody, (typeof RENEWAL_FACTS)[number]>;

/**
 * `month` counts from January 1970, as `monthOf` does. A month under way is judged up to `until`. A renewal that fell
 * due later than `writtenUntil` may still come, because the sweep has had no time for it.
 */
export type Period = { readonly month: number; readonly until: Instant; readonly writtenUntil: Instant };

export const COMPLETENESS_FAULTS = ['gap', 'duplicate', 'unexpected', 'overdue', 'subscription', 'plan'] as const;

/** `dueOn` is there when the fault is about one date. */
export type CompletenessFault = {
  readonly kind: (typeof COMPLETENESS_FAULTS)[number];
  readonly walletId: string;
  readonly dueOn?: DateOnly;
  readonly what: string;
};

/**
 * `written` counts the due dates that have an entry. `notYet` counts those that have none and need none yet.
 * `behindSince` is the first due date, of any month, that should have an entry and has none.
 */
export type Completeness = {
  readonly dueDates: number;
  readonly written: number;
  readonly notYet: number;
  readonly faults: readonly CompletenessFault[];
  readonly behindSince?: DateOnly;
};

/**
 * `entries` are all of one wallet, in order of seq. When a clock was ahead, the wallet is judged up to its last entry.
 */
export function completenessOf(entries: readonly RenewalFacts[], period: Period, rules: Rules): Completeness {
  const unknown = entries.find(({ plan }) => !rules.catalogue.has(plan));
  if (unknown) return { dueDates: 0, written: 0, notYet: 0, faults: [planFault(unknown)] };
  const terms = termsOf(entries, period.until).map((term) => termIn(term, period.month, rules));
  const overdue = overdueBefore(entries.at(-1), period.month, rules);
  const found = [...terms.flatMap((term) => term.faults), ...(overdue ? [overdue] : [])];
  const tailAt = entries.at(-1)?.at ?? period.until;
  const faults = found.filter((fault) => !isNotYet(fault, tailAt, period));
  const behindSince = faults
    .filter(({ kind }) => kind === 'gap' || kind === 'overdue')
    .flatMap(({ dueOn = [] }) => dueOn)
    .sort()[0];
  return {
    dueDates: terms.filter(({ due }) => due).length,
    written: terms.filter(({ due, times }) => due && times > 0).length,
    notYet: found.length - faults.length,
    faults,
    ...(behindSince && { behindSince }),
  };
}

/** A hole before another entry stays one, because every writer writes the renewals that are due first (R6). */
function isNotYet({ kind, dueOn }: CompletenessFault, tailAt: Instant, { writtenUntil }: Period): boolean {
  if (!dueOn || (kind !== 'gap' && kind !== 'overdue')) return false;
  const midnight = midnightOf(dueOn);
  return midnight > writtenUntil && tailAt < midnight;
}

type Term = { readonly entries: readonly RenewalFacts[]; readonly endsAt: Instant };

/**
 * A term ends with the entry that begins the next one. The last term lasts until now, or until the tail when a clock
 * was ahead.
 */
function termsOf(entries: readonly RenewalFacts[], until: Instant): Term[] {
  const groups = [...Map.groupBy(entries, ({ term }) => term).values()];
  return groups.map((own, index) => {
    const nextBeginsAt = groups[index + 1]?.[0]?.at;
    return { entries: own, endsAt: nextBeginsAt ?? laterOf(until, entries.at(-1)?.at ?? until) };
  });
}

type TermInMonth = {
  readonly due: DateOnly | undefined;
  readonly times: number;
  readonly faults: readonly CompletenessFault[];
};

function termIn({ entries, endsAt }: Term, month: number, rules: Rules): TermInMonth {
  const due = dueDateOf(entries[0], endsAt, month, rules);
  const midnight = due && midnightOf(due);
  const renewed = entries.filter(({ type, at }) => type === 'renewed' && monthOf(dateOf(at)) === month);
  const times = renewed.filter(({ at }) => at === midnight).length;
  const faults: CompletenessFault[] = renewed.filter(({ at }) => at !== midnight).map(unexpectedFault);
  const walletId = entries[0]?.walletId ?? '';
  if (due && times === 0) faults.unshift({ kind: 'gap', walletId, dueOn: due, what: 'not written' });
  if (due && times > 1) faults.unshift({ kind: 'duplicate', walletId, dueOn: due, what: `written ${times} times` });
  return { due, times, faults };
}

/**
 * R2–R5: the term's renewal date in the month. A month has one at the most. A renewal at the very instant at which the
 * term ends comes before that end (R6).
 */
function dueDateOf(
  start: RenewalFacts | undefined,
  endsAt: Instant,
  month: number,
  rules: Rules,
): DateOnly | undefined {
  if (!start || start.type === 'cancelled') return undefined;
  const eve = dateInMonth(month - 1, 31);
  // The next renewal date does not depend on how many came before, so only this month is worked out.
  const after = start.lastGrantOn > eve ? start.lastGrantOn : eve;
  const due = nextRenewalDate(planNamed(start.plan, rules), start.anchorDay, after);
  return monthOf(due) === month && midnightOf(due) <= endsAt ? due : undefined;
}

/** The first date that the sweep missed, for a wallet that it has not found since before the month. */
function overdueBefore(tail: RenewalFacts | undefined, month: number, rules: Rules): CompletenessFault | undefined {
  if (!tail || tail.type === 'cancelled') return undefined;
  const dueOn = nextRenewalDate(planNamed(tail.plan, rules), tail.anchorDay, tail.lastGrantOn);
  if (monthOf(dueOn) >= month) return undefined;
  return { kind: 'overdue', walletId: tail.walletId, dueOn, what: 'not written since before the month' };
}

const unexpectedFault = ({ walletId, seq, at }: RenewalFacts): CompletenessFault => ({
  kind: 'unexpected',
  walletId,
  dueOn: dateOf(at),
  what: `entry ${seq} renews at ${at}, when nothing is due`,
});

const planFault = ({ walletId, seq, plan }: RenewalFacts): CompletenessFault => ({
  kind: 'plan',
  walletId,
  what: `entry ${seq} is of plan ${plan}, which the catalogue does not have`,
});

/** A row of the subscriptions' table. The sweep finds active ones only. */
export type SubscriptionFacts = Pick<Subscription, 'memberId' | 'product'> &
  Partial<Pick<Subscription, 'renewalDay'>> & { readonly status: 'active' | 'cancelled' };

/**
 * Compares the row that the sweep goes by with the ledger. Undefined when they agree. A cancelled wallet needs no row.
 */
export function subscriptionFault(
  walletId: string,
  tail: RenewalFacts | undefined,
  row: SubscriptionFacts | undefined,
  rules: Rules,
): CompletenessFault | undefined {
  const fault = (what: string) => ({ kind: 'subscription', walletId, what }) as const;
  if (!tail || tail.type === 'cancelled') {
    return row?.status === 'active' ? fault(`is active, and its ledger ${tail ? 'has ended' : 'is empty'}`) : undefined;
  }
  if (row?.status !== 'active') return fault(`is ${row?.status ?? 'missing'}, and its ledger goes on`);
  const plan = rules.catalogue.get(tail.plan);
  const day = plan && renewalDayOf(plan, tail.anchorDay);
  if (day === undefined || row.renewalDay === day) return undefined;
  return fault(`stands under day ${row.renewalDay}, and its ledger renews on day ${day}`);
}
