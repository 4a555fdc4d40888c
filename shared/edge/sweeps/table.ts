/**
 * The sweeps and when they run, in UTC. CDK makes of every row its schedules, its queue and its worker; the local clock
 * runs the same rows. `name` is the file in `functions/`.
 *
 * A run that comes late, twice or never does no harm: members' balances are right without it (R6), every write is
 * conditional, and each run looks back over what earlier runs should have done.
 */
import { DUE_SHARDS, RENEWAL_SHARDS } from '../../store/keys.ts';

export const SWEEPS = [
  {
    name: 'renew-wallets',
    /** Minute of the hour, and hour of the day; no hour means every hour. */
    at: { minute: 5, hour: 0 },
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
    at: { minute: 0 },
    /** 3 h: a reminder is for the hour between 71 h and 72 h; much later it would only surprise (R15). */
    lookBackHours: 3,
    shards: DUE_SHARDS,
    shardsPerPage: 4,
    workersAtOnce: 5,
    summary: 'Reminds recipients 71 h after the send (R15)',
  },
  {
    name: 'expire-inmails',
    at: { minute: 35, hour: 0 },
    lookBackHours: 72,
    shards: DUE_SHARDS,
    shardsPerPage: 4,
    workersAtOnce: 5,
    summary: 'Writes down what has expired after 90 × 24 h (R16)',
  },
] as const satisfies readonly Sweep[];

export type Sweep = {
  readonly name: string;
  readonly at: { readonly minute: number; readonly hour?: number };
  readonly lookBackHours: number;
  readonly shards: number;
  readonly shardsPerPage: number;
  /** Workers that AWS runs at a time: the `maxConcurrency` of the queue's mapping. */
  readonly workersAtOnce: number;
  readonly summary: string;
};

export type SweepName = (typeof SWEEPS)[number]['name'];
export type NamedSweep = Sweep & { readonly name: SweepName };

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
