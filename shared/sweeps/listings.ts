/** Where each sweep looks for what may be due: which parts of which index. */

import type { KeyOf } from '../contract/sweep-messages.ts';
import { periodMinutesOf, type ShardRange, type SweepName, sweepNamed } from '../contract/sweeps.ts';
import { dateOf, datesBetween, type Instant, plusHours, plusMillis } from '../domain/instant.ts';
import { renewalDaysOn } from '../domain/renewals.ts';
import { expiredSentUntil, type Rules, remindSentUntil } from '../domain/rules.ts';
import type { InMailKey, Page, PageRequest, Store, WalletKey } from '../store/store.ts';

/** What is due by `until`, looking back `lookBackHours` beyond the sweep's own period, in some shards. */
export type Window = { readonly until: Instant; readonly lookBackHours: number; readonly shards: ShardRange };

/** A part of an index, read a page at a time. */
export type PartReader<Key> = (page: PageRequest<Key>) => Promise<Page<Key>>;

type Listing<Key> = (window: Window, store: Store, rules: Rules) => PartReader<Key>[];

/** 31 days hold every day of the month: a longer look-back finds the same wallets. */
const MAX_RENEWING_HOURS = 31 * 24;

/** R3: by the days of the month that fall on each date; of a wallet all that is missing is written, however old. */
const renewing: Listing<WalletKey> = ({ until, lookBackHours, shards }, store) => {
  const since = plusHours(until, -Math.min(lookBackHours, MAX_RENEWING_HOURS));
  const days = [...new Set(datesBetween(dateOf(since), dateOf(until)).flatMap(renewalDaysOn))];
  return days.flatMap((renewalDay) =>
    shardsIn(shards).map((shard) => (page) => store.subscriptions.renewing({ renewalDay, shard }, page)),
  );
};

type InMailSweep = 'remind-recipients' | 'expire-inmails';

/** Which InMails have come to their time. */
const SENT_UNTIL = { 'remind-recipients': remindSentUntil, 'expire-inmails': expiredSentUntil } as const;

/** From when to when InMails were sent that came to their time in the window, both included; windows do not overlap. */
export function sentWithin(sweep: InMailSweep, { until, lookBackHours }: Omit<Window, 'shards'>, rules: Rules) {
  const to = SENT_UNTIL[sweep](until, rules);
  return { from: plusMillis(plusHours(to, -periodMinutesOf(sweepNamed(sweep)) / 60 - lookBackHours), 1), to };
}

/** Pending InMails, by the time they were sent: one range a shard, so that a look-back costs what it finds. */
const sentIn =
  (sweep: InMailSweep, { toRemind }: { readonly toRemind: boolean }): Listing<InMailKey> =>
  (window, store, rules) => {
    const range = sentWithin(sweep, window, rules);
    return shardsIn(window.shards).map((shard) => (page) => store.inmails.due({ shard, ...range, toRemind }, page));
  };

export const LISTINGS: { readonly [Name in SweepName]: Listing<KeyOf<Name>> } = {
  'renew-wallets': renewing,
  'remind-recipients': sentIn('remind-recipients', { toRemind: true }),
  'expire-inmails': sentIn('expire-inmails', { toRemind: false }),
};

const shardsIn = ({ first, last }: ShardRange): number[] =>
  Array.from({ length: last - first + 1 }, (_, more) => first + more);
