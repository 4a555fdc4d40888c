/**
 * The sweeps and when they run, in UTC. CDK makes of each its schedules, its queue and its worker, and the local clock runs
 * the same ones.
 *
 * A run that comes late, twice or never does no harm: members' balances are right without it (R6), every write is
 * conditional, and each run looks back over what earlier runs should have done.
 */
import { DUE_SHARDS, RENEWAL_SHARDS } from './tables.ts';

export type Sweep = {
  /** The file in `functions/`. */
  readonly name: string;
  /** Its name on the page. */
  readonly title: string;
  readonly summary: string;
  /** Once a day, or every so many minutes, counted from the full hour. */
  readonly runs: { readonly hour: number; readonly minute: number } | { readonly everyMinutes: 15 };
  /** How far a run looks back beyond its own period. */
  readonly lookBackHours: number;
  /** The shards of the index it reads, and how many of them one message to the lister names. */
  readonly shards: number;
  readonly shardsPerListing: number;
  /** Workers that AWS runs at a time: the `maxConcurrency` of the queue's mapping. */
  readonly workersAtOnce: number;
  /** What its index gives, and its worker takes (`sweep-messages.ts`). */
  readonly key: 'wallet' | 'inmail';
  /** How long a run may take until what it should have written counts as missed. */
  readonly mayTakeHours?: number;
  /** Who suffers when its batches end in the dead-letter queue: the text of the alarm. */
  readonly failureHurts: string;
  /** Follows the count of what a run wrote, on the page: `1 wallet renewed`. */
  readonly wrote: { readonly one: string; readonly many: string };
};

const sweep = <const Definition extends Sweep>(definition: Definition): Definition => definition;

export const renewWallets = sweep({
  name: 'renew-wallets',
  title: 'Renewals',
  summary: 'Writes the renewals that are due (R2, R6)',
  runs: { hour: 0, minute: 5 },
  /** 3 days: a run missed over a long weekend is made up by the next one. */
  lookBackHours: 72,
  shards: RENEWAL_SHARDS,
  shardsPerListing: 4,
  /** 10 × 680 wallets a second: what a ledger warmed to 10,000 writes a second bears beside its members (bench/simulation). */
  workersAtOnce: 10,
  key: 'wallet',
  /** Two hours for 50 million wallets on a 1st (bench/simulation), and one more for messages that are given again. */
  mayTakeHours: 3,
  failureHurts:
    'Members whose wallets are in these batches: one of them cannot be read or written, so they cannot use the credits ' +
    'that renewed either. The log of RenewWallets names it.',
  wrote: { one: 'wallet renewed', many: 'wallets renewed' },
});

export const remindRecipients = sweep({
  name: 'remind-recipients',
  title: 'Reminders',
  summary: 'Reminds recipients 71 h after the send (R15)',
  runs: { everyMinutes: 15 },
  /**
   * 25 h, from 71 h to 96 h after the send: a reminder may be late by a day after an outage (R15). One period more is what
   * each run finds too late, and counts. Reminded InMails are not listed again, so that a look-back costs no writes.
   */
  lookBackHours: 25,
  shards: DUE_SHARDS,
  shardsPerListing: 4,
  workersAtOnce: 5,
  key: 'inmail',
  failureHurts:
    'Recipients in these batches were not reminded of an InMail (R15). Its sender loses a credit if no response comes.',
  wrote: { one: 'recipient reminded', many: 'recipients reminded' },
});

export const expireInMails = sweep({
  name: 'expire-inmails',
  title: 'Expiries',
  summary: 'Writes down what has expired after 90 × 24 h (R16)',
  runs: { hour: 0, minute: 35 },
  lookBackHours: 72,
  shards: DUE_SHARDS,
  shardsPerListing: 4,
  workersAtOnce: 5,
  key: 'inmail',
  failureHurts:
    'No member yet: these InMails read as expired all the same (R16). Readers of the table or the events do not know it.',
  wrote: { one: 'InMail expired', many: 'InMails expired' },
});

export const SWEEPS = [renewWallets, remindRecipients, expireInMails] as const;

export type SweepName = (typeof SWEEPS)[number]['name'];
export type NamedSweep = Sweep & { readonly name: SweepName };

/** `{ 'renew-wallets': make(renewWallets), … }`. */
export const ofEachSweep = <Value>(make: (sweep: NamedSweep) => Value): Readonly<Record<SweepName, Value>> =>
  Object.fromEntries(SWEEPS.map((one) => [one.name, make(one)])) as Record<SweepName, Value>;

export const periodMinutesOf = ({ runs }: Sweep): number => ('everyMinutes' in runs ? runs.everyMinutes : 24 * 60);

/** Both included. */
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
