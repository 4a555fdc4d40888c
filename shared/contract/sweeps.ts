/**
 * The sweeps and when they run, in UTC. CDK makes of every row its schedules, its queue and its worker; the local clock
 * runs the same rows. `name` is the file in `functions/`.
 *
 * A run that comes late, twice or never does no harm: members' balances are right without it (R6), every write is
 * conditional, and each run looks back over what earlier runs should have done.
 */
import { DUE_SHARDS, RENEWAL_SHARDS } from '../store/keys.ts';

export const SWEEPS = [
  {
    name: 'renew-wallets',
    at: { hour: 0, minute: 5 },
    /** 3 days: a run missed over a long weekend is made up by the next one. */
    lookBackHours: 72,
    /** The shards of the index it reads, and how many of them one message to the lister names. */
    shards: RENEWAL_SHARDS,
    shardsPerPage: 4,
    /** 10 × 680 wallets a second: what a ledger warmed to 10,000 writes a second bears beside its members (bench/simulation). */
    workersAtOnce: 10,
    summary: 'Writes the renewals that are due (R2, R6)',
  },
  {
    name: 'remind-recipients',
    at: { everyMinutes: 15 },
    /**
     * 25 h, from 71 h to 96 h after the send: a reminder may be late by a day after an outage (R15). One period more is what
     * each run finds too late, and counts. Reminded InMails are not listed again, so that a look-back costs no writes.
     */
    lookBackHours: 25,
    shards: DUE_SHARDS,
    shardsPerPage: 4,
    workersAtOnce: 5,
    summary: 'Reminds recipients 71 h after the send (R15)',
  },
  {
    name: 'expire-inmails',
    at: { hour: 0, minute: 35 },
    lookBackHours: 72,
    shards: DUE_SHARDS,
    shardsPerPage: 4,
    workersAtOnce: 5,
    summary: 'Writes down what has expired after 90 × 24 h (R16)',
  },
] as const satisfies readonly Sweep[];

/**
 * How long a run may take until what it should have written is missed: two hours for 50 million wallets on a 1st
 * (bench/simulation), and one more for messages that are given again.
 */
export const MAY_TAKE_HOURS = { 'renew-wallets': 3 } as const satisfies { readonly [Name in SweepName]?: number };

export type Sweep = {
  readonly name: string;
  /** Once a day, or every so many minutes, counted from the full hour. */
  readonly at: { readonly hour: number; readonly minute: number } | { readonly everyMinutes: 15 };
  /** How far a run looks back beyond its own period. */
  readonly lookBackHours: number;
  readonly shards: number;
  readonly shardsPerPage: number;
  /** Workers that AWS runs at a time: the `maxConcurrency` of the queue's mapping. */
  readonly workersAtOnce: number;
  readonly summary: string;
};

export type SweepName = (typeof SWEEPS)[number]['name'];
export type NamedSweep = Sweep & { readonly name: SweepName };

export const periodMinutesOf = ({ at }: Sweep): number => ('everyMinutes' in at ? at.everyMinutes : 24 * 60);

/** Both included. */
export type ShardRange = { readonly first: number; readonly last: number };

/** Throws for a name that no row has. */
export function sweepNamed(name: SweepName): NamedSweep {
  const sweep = SWEEPS.find((row) => row.name === name);
  if (!sweep) throw new Error(`no sweep is named ${name}`);
  return sweep;
}

/** The shards of a sweep, dealt to the messages of one run. */
export function shardGroupsOf({ shards, shardsPerPage }: Sweep): ShardRange[] {
  return Array.from({ length: Math.ceil(shards / shardsPerPage) }, (_, group) => ({
    first: group * shardsPerPage,
    last: Math.min(shards, (group + 1) * shardsPerPage) - 1,
  }));
}
