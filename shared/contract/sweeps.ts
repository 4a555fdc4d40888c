/**
 * The sweeps and their times, in UTC. CDK makes the schedules, the queue and the worker of each. The local clock runs
 * the same sweeps.
 *
 * A run that comes late, twice or never does no harm. Members' balances are right without it (R6). Every write is
 * conditional. Each run looks back over the work of earlier runs.
 */
import { DUE_SHARDS, RENEWAL_SHARDS } from './tables.ts';

export type Sweep = {
  /** The file in `functions/`. */
  readonly name: string;
  /** Its name on the page. */
  readonly title: string;
  readonly summary: string;
  /** Once a day at this time, or every 15 minutes from the full hour on. */
  readonly runs: { readonly hour: number; readonly minute: number } | { readonly everyMinutes: 15 };
  /** A run looks back so far beyond its own period. */
  readonly lookBackHours: number;
  /** The shards of the index that it reads. One message to the lister names `shardsPerListing` of them. */
  readonly shards: number;
  readonly shardsPerListing: number;
  /** AWS runs so many workers at a time. It is the `maxConcurrency` of the queue's mapping. */
  readonly workersAtOnce: number;
  /** The kind of key that its index gives and its worker takes (`sweep-messages.ts`). */
  readonly key: 'wallet' | 'inmail';
  /** A run may take so long. After that, an entry that it has not written counts as missed. */
  readonly mayTakeHours?: number;
  /** The text of the alarm about its dead-letter queue. It says which people are hurt. */
  readonly failureHurts: string;
  /** The text of the alarms about runs that never came, or are late. It says which people are hurt. */
  readonly missedRunHurts: string;
  /** Follows the count of what a run wrote, on the page: `1 wallet renewed`. */
  readonly wrote: { readonly one: string; readonly many: string };
};

const sweep = <const Definition extends Sweep>(definition: Definition): Definition => definition;

export const renewWallets = sweep({
  name: 'renew-wallets',
  title: 'Renewals',
  summary: 'Writes the renewals that are due (R2, R6)',
  runs: { hour: 0, minute: 5 },
  /** 3 days, because the next run then makes up for runs that were missed over a long weekend. */
  lookBackHours: 72,
  shards: RENEWAL_SHARDS,
  shardsPerListing: 4,
  /**
   * 10 × 680 wallets a second. A ledger warmed to 10,000 writes a second bears that beside its members
   * (bench/simulation).
   */
  workersAtOnce: 10,
  key: 'wallet',
  /** Two hours for 50 million wallets on a 1st (bench/simulation), and one more for messages that SQS gives again. */
  mayTakeHours: 3,
  failureHurts:
    'Members whose wallets are in these batches. At least one wallet cannot be read or written, so its member cannot ' +
    'use the renewed credits. The log of the function renew-wallets names it.',
  missedRunHurts: 'No member, because balances are right without it (R6). Statements lack the renewals.',
  wrote: { one: 'wallet renewed', many: 'wallets renewed' },
});

export const remindRecipients = sweep({
  name: 'remind-recipients',
  title: 'Reminders',
  summary: 'Reminds recipients 71 h after the send (R15)',
  runs: { everyMinutes: 15 },
  /**
   * 25 h, from 71 h to 96 h after the send, because a reminder may be a day late after an outage (R15). The run's own
   * period comes on top. InMails of that period are too late, and the run counts them. Reminded InMails are not listed
   * again, so a look-back costs no writes.
   */
  lookBackHours: 25,
  shards: DUE_SHARDS,
  shardsPerListing: 4,
  workersAtOnce: 5,
  key: 'inmail',
  failureHurts:
    'Recipients in these batches were not reminded of an InMail (R15). Its sender loses a credit if no response comes.',
  missedRunHurts: 'Recipients are reminded late, and not at all after 96 hours (R15). Senders may lose a credit.',
  wrote: { one: 'recipient reminded', many: 'recipients reminded' },
});

export const expireInMails = sweep({
  name: 'expire-inmails',
  title: 'Expiries',
  summary: 'Writes down the InMails that have expired after 90 × 24 h (R16)',
  runs: { hour: 0, minute: 35 },
  lookBackHours: 72,
  shards: DUE_SHARDS,
  shardsPerListing: 4,
  workersAtOnce: 5,
  key: 'inmail',
  failureHurts:
    'No member yet, because these InMails read as expired all the same (R16). Only the table and the events do not say so.',
  missedRunHurts: 'No member, because InMails read as expired without it (R16). Listeners learn of it late.',
  wrote: { one: 'InMail expired', many: 'InMails expired' },
});

export const SWEEPS = [renewWallets, remindRecipients, expireInMails] as const;

export type SweepName = (typeof SWEEPS)[number]['name'];
export type NamedSweep = Sweep & { readonly name: SweepName };

/** `{ 'renew-wallets': make(renewWallets), … }`. */
export const ofEachSweep = <Value>(make: (sweep: NamedSweep) => Value): Readonly<Record<SweepName, Value>> =>
  Object.fromEntries(SWEEPS.map((one) => [one.name, make(one)])) as Record<SweepName, Value>;

export const periodMinutesOf = ({ runs }: Sweep): number => ('everyMinutes' in runs ? runs.everyMinutes : 24 * 60);

/** Both ends are included. */
export type ShardRange = { readonly first: number; readonly last: number };

/** Throws for a name that no sweep has. */
export function sweepNamed(name: SweepName): NamedSweep {
  const found = SWEEPS.find((one) => one.name === name);
  if (!found) throw new Error(`no sweep is named ${name}`);
  return found;
}

/** The shards of a sweep, dealt to the messages of one run. */
export function shardGroupsOf({ shards, shardsPerListing }: Sweep): ShardRange[] {
  return Array.from({ length: Math.ceil(shards / shardsPerListing) }, (_, group) => ({
    first: group * shardsPerListing,
    last: Math.min(shards, (group + 1) * shardsPerListing) - 1,
  }));
}
