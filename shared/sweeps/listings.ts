/** Where each sweep looks for what may be due: which parts of which index, and when there will next be something. */
import type { KeyOf } from '../contract/sweep-messages.ts';
import {
  expireInMails,
  periodMinutesOf,
  remindRecipients,
  type ShardRange,
  type Sweep,
  type SweepName,
} from '../contract/sweeps.ts';
import {
  type DateOnly,
  dateOf,
  datesBetween,
  type Instant,
  midnightOf,
  plusHours,
  plusMillis,
} from '../domain/instant.ts';
import { renewalDaysOn } from '../domain/renewals.ts';
import { expiredFrom, expiredSentUntil, type Rules, remindAt, remindSentUntil } from '../domain/rules.ts';
import type { InMailKey, Page, PageRequest, Store, WalletKey } from '../store/store.ts';

/** What is due by `until`, looking back `lookBackHours` beyond the sweep's own period, in some shards. */
export type Window = { readonly until: Instant; readonly lookBackHours: number; readonly shards: ShardRange };

/** A part of an index, read a page of results at a time. */
export type PartReader<Key> = (page: PageRequest<Key>) => Promise<Page<Key>>;

/** All that can fall due one day: the days of the month on which wallets renew, and when the pending InMails were sent. */
export type Awaited = { readonly renewalDays: ReadonlySet<number>; readonly sentAts: readonly Instant[] };

type Listing<Key> = {
  readonly parts: (window: Window, store: Store, rules: Rules) => PartReader<Key>[];
  /**
   * Finds the first instant later than `covered` at which the sweep has something to do, if there is one. A local clock that
   * is moved passes over the runs before it.
   */
  readonly firstDue: (awaited: Awaited, rules: Rules) => (covered: Instant) => Instant | undefined;
};

/** 31 days hold every day of the month: a longer look-back finds the same wallets. */
const MAX_RENEWING_HOURS = 31 * 24;

/** R3: by the days of the month that fall on each date. Of a wallet all that is missing is written, however old. */
const renewing: Listing<WalletKey> = {
  parts: ({ until, lookBackHours, shards }, store) => {
    const since = plusHours(until, -Math.min(lookBackHours, MAX_RENEWING_HOURS));
    const days = [...new Set(datesBetween(dateOf(since), dateOf(until)).flatMap(renewalDaysOn))];
    return days.flatMap((renewalDay) =>
      shardsIn(shards).map((shard) => (page) => store.subscriptions.renewing({ renewalDay, shard }, page)),
    );
  },
  firstDue:
    ({ renewalDays }) =>
    (covered) =>
      firstRenewalAfter(covered, renewalDays),
};

/** No renewal day is further off than the longest month. */
const MAX_DAYS_TO_RENEWAL = 31;

/** The run that covered `covered` wrote what was due on that date. Month ends fall due as the sweep itself sees them (R3). */
function firstRenewalAfter(covered: Instant, renewalDays: ReadonlySet<number>): Instant | undefined {
  let date: DateOnly = dateOf(covered);
  for (let days = 0; days < MAX_DAYS_TO_RENEWAL; days += 1) {
    const next = dateOf(plusHours(midnightOf(date), 24));
    if (next === date) return undefined;
    date = next;
    if (renewalDaysOn(date).some((day) => renewalDays.has(day))) return midnightOf(date);
  }
  return undefined;
}

/** When an InMail that was sent at an instant falls due, and the other way round. */
export type Deadline = {
  readonly sweep: Sweep;
  readonly dueAt: (sentAt: Instant, rules: Rules) => Instant;
  readonly sentUntil: (now: Instant, rules: Rules) => Instant;
};

export const REMINDER: Deadline = { sweep: remindRecipients, dueAt: remindAt, sentUntil: remindSentUntil };
export const EXPIRY: Deadline = { sweep: expireInMails, dueAt: expiredFrom, sentUntil: expiredSentUntil };

/** From when to when InMails were sent that fell due in the window, both included. Windows do not overlap. */
export function sentWithin({ sweep, sentUntil }: Deadline, window: Omit<Window, 'shards'>, rules: Rules) {
  const to = sentUntil(window.until, rules);
  return { from: plusMillis(plusHours(to, -periodMinutesOf(sweep) / 60 - window.lookBackHours), 1), to };
}

/** Pending InMails, by the time they were sent: one range a shard, so that a look-back costs what it finds. */
const sentIn = (deadline: Deadline, { toRemind }: { readonly toRemind: boolean }): Listing<InMailKey> => ({
  parts: (window, store, rules) => {
    const range = sentWithin(deadline, window, rules);
    return shardsIn(window.shards).map((shard) => (page) => store.inmails.due({ shard, ...range, toRemind }, page));
  },
  firstDue: ({ sentAts }, rules) => {
    const dueAts = sentAts.map((sentAt) => deadline.dueAt(sentAt, rules)).sort();
    return (covered) => dueAts.find((at) => at > covered);
  },
});

export const LISTINGS: { readonly [Name in SweepName]: Listing<KeyOf<Name>> } = {
  'renew-wallets': renewing,
  'remind-recipients': sentIn(REMINDER, { toRemind: true }),
  'expire-inmails': sentIn(EXPIRY, { toRemind: false }),
};

const shardsIn = ({ first, last }: ShardRange): number[] =>
  Array.from({ length: last - first + 1 }, (_, more) => first + more);
