/** The parts of the indexes that each sweep reads, and the next instant at which it will find something. */
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

/** Some shards, up to `until`. It looks back `lookBackHours` beyond the sweep's own period. */
export type Window = { readonly until: Instant; readonly lookBackHours: number; readonly shards: ShardRange };

/** A part of an index, read a page of results at a time. */
export type PartReader<Key> = (page: PageRequest<Key>) => Promise<Page<Key>>;

/** Everything that can fall due one day. `renewalDays` are days of the month. `sentAts` are of the pending InMails. */
export type Awaited = { readonly renewalDays: ReadonlySet<number>; readonly sentAts: readonly Instant[] };

type Listing<Key> = {
  readonly parts: (window: Window, store: Store, rules: Rules) => PartReader<Key>[];
  /**
   * Finds the first instant later than `covered` at which the sweep has something to do, if there is one. A move of the
   * local clock passes over the runs before it.
   */
  readonly firstDue: (awaited: Awaited, rules: Rules) => (covered: Instant) => Instant | undefined;
};

/** 31 days hold every day of the month, so a longer look-back finds the same wallets. */
const MAX_RENEWING_HOURS = 31 * 24;

/** R3: by the days of the month that fall on each date. All missing renewals of a wallet are written, however old. */
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

/** The run that covered `covered` wrote the renewals of that date. A month end counts as in the sweep itself (R3). */
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

/** `dueAt` is the instant at which an InMail falls due. `sentUntil` is the last send that is due at `now`. */
export type Deadline = {
  readonly sweep: Sweep;
  readonly dueAt: (sentAt: Instant, rules: Rules) => Instant;
  readonly sentUntil: (now: Instant, rules: Rules) => Instant;
};

export const REMINDER: Deadline = { sweep: remindRecipients, dueAt: remindAt, sentUntil: remindSentUntil };
export const EXPIRY: Deadline = { sweep: expireInMails, dueAt: expiredFrom, sentUntil: expiredSentUntil };

/** The range of sends that fell due in the window, with both its ends. Windows do not overlap. */
export function sentWithin({ sweep, sentUntil }: Deadline, window: Omit<Window, 'shards'>, rules: Rules) {
  const to = sentUntil(window.until, rules);
  return { from: plusMillis(plusHours(to, -periodMinutesOf(sweep) / 60 - window.lookBackHours), 1), to };
}

/** Pending InMails, by the time of the send. Each shard has one range, so a look-back costs only the keys it finds. */
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
