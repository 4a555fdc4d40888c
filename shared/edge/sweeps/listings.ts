/** Where each sweep looks for what may be due: which parts of which index. */
import { dateOf, datesBetween, type Instant, plusHours } from '../../domain/instant.ts';
import { renewalDaysOn } from '../../domain/renewals.ts';
import { expiredSentUntil, type Rules, remindSentUntil } from '../../domain/rules.ts';
import { duePartsOf } from '../../store/due-parts.ts';
import type { InMailKey, Page, PageRequest, Store, WalletKey } from '../../store/store.ts';
import type { KeyOf } from './messages.ts';
import type { ShardRange, SweepName } from './table.ts';

/** What is due by `until`, looking back `lookBackHours` beyond the sweep's own period, in some shards. */
export type Window = { readonly until: Instant; readonly lookBackHours: number; readonly shards: ShardRange };

/** A part of an index, read a page at a time. */
export type PartReader<Key> = (page: PageRequest<Key>) => Promise<Page<Key>>;

type Listing<Key> = (window: Window, store: Store, rules: Rules) => PartReader<Key>[];

/** R3: by the days of the month that fall on each date; of a wallet all that is missing is written, however old. */
const renewing: Listing<WalletKey> = ({ until, lookBackHours, shards }, store) => {
  const dates = datesBetween(dateOf(plusHours(until, -lookBackHours)), dateOf(until));
  const days = [...new Set(dates.flatMap(renewalDaysOn))];
  return days.flatMap((renewalDay) =>
    shardsIn(shards).map((shard) => (page) => store.subscriptions.renewing({ renewalDay, shard }, page)),
  );
};

type InMailSweep = 'remind-recipients' | 'expire-inmails';

/** Which InMails have come to their time, and how far a run's own period reaches back. */
const SENT_UNTIL = {
  'remind-recipients': { latest: remindSentUntil, periodHours: 1 },
  'expire-inmails': { latest: expiredSentUntil, periodHours: 24 },
} as const;

/** From when to when InMails were sent that came to their time in the window, both included. */
export function sentWithin(sweep: InMailSweep, { until, lookBackHours }: Omit<Window, 'shards'>, rules: Rules) {
  const { latest, periodHours } = SENT_UNTIL[sweep];
  const to = latest(until, rules);
  return { from: plusHours(to, -periodHours - lookBackHours), to };
}

/** Pending InMails, by the time they were sent. */
const sentIn =
  (sweep: InMailSweep): Listing<InMailKey> =>
  (window, store, rules) => {
    const { from, to } = sentWithin(sweep, window, rules);
    return duePartsOf(from, to, shardsIn(window.shards)).map((part) => (page) => store.inmails.due(part, page));
  };

export const LISTINGS: { readonly [Name in SweepName]: Listing<KeyOf<Name>> } = {
  'renew-wallets': renewing,
  'remind-recipients': sentIn('remind-recipients'),
  'expire-inmails': sentIn('expire-inmails'),
};

const shardsIn = ({ first, last }: ShardRange): number[] =>
  Array.from({ length: last - first + 1 }, (_, more) => first + more);
