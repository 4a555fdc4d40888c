/**
 * The sweeps and when they run, in UTC. CDK makes a function and a schedule of every row; the local clock runs the same
 * rows. `name` is the file in `functions/`.
 *
 * A run that comes late, twice or never does no harm: members' balances are right without it (R6), every write is
 * conditional, and each run looks back over what earlier runs should have done.
 */
export const SWEEPS = [
  {
    name: 'renew-wallets',
    /** Minute of the hour, and hour of the day; no hour means every hour. */
    at: { minute: 5, hour: 0 },
    /** 3 days: a run missed over a long weekend is made up by the next one. */
    lookBackHours: 72,
    summary: 'Writes the renewals that are due (R2, R6)',
  },
  {
    name: 'remind-recipients',
    at: { minute: 0 },
    /** 3 h: a reminder is for the hour between 71 h and 72 h; much later it would only surprise (R15). */
    lookBackHours: 3,
    summary: 'Reminds recipients 71 h after the send (R15)',
  },
  {
    name: 'expire-inmails',
    at: { minute: 35, hour: 0 },
    lookBackHours: 72,
    summary: 'Writes down what has expired after 90 × 24 h (R16)',
  },
] as const satisfies readonly Sweep[];

export type Sweep = {
  readonly name: string;
  readonly at: { readonly minute: number; readonly hour?: number };
  readonly lookBackHours: number;
  readonly summary: string;
};

export type SweepName = (typeof SWEEPS)[number]['name'];
