/** The metrics that our functions write. CloudWatch bills each by the hours in which it is written. */
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { periodMinutesOf, SWEEPS } from '../../shared/contract/sweeps.ts';

export type OwnMetric = {
  readonly name: string;
  /** The part of the hours in which an idle system writes it. */
  readonly idleShare: number;
  /** The same for a system in use. */
  readonly inUseShare: number;
};

/** The ends of the metrics of a sweep's worker, after the sweep's name. A test compares these lists with the code. */
export const WORKER_OUTCOMES = ['found', 'written', 'overtaken', 'left-out', 'failed', 'behind'] as const;

/** Faults of ours are counted by function. One hour in twenty with such a fault would be a bad month. */
const FAULTY_HOURS_SHARE = 0.05;

const inUse = (name: string): OwnMetric => ({ name, idleShare: 0, inUseShare: 1 });

const faultIn = (functionName: string, fault: string): OwnMetric => ({
  name: `${fault} in ${functionName}`,
  idleShare: 0,
  inUseShare: FAULTY_HOURS_SHARE,
});

/** A run that finds nothing still says so, once for each of its listings. */
const hoursShareOf = (minutes: number): number => Math.min(1, 60 / minutes);

export const OWN_METRICS: readonly OwnMetric[] = [
  inUse('responded'),
  inUse('access-denied'),
  ...Object.keys(PROBLEMS).map(inUse),
  ...ENDPOINTS.flatMap(({ name }) => [faultIn(name, 'busy'), faultIn(name, 'internal-error')]),
  inUse('events-published'),
  inUse('events-delayed'),
  faultIn('list-due', 'messages-failed'),
  ...SWEEPS.flatMap((sweep) => [
    { ...inUse(`${sweep.name}-listed`), idleShare: hoursShareOf(periodMinutesOf(sweep)) },
    ...WORKER_OUTCOMES.map((outcome) => inUse(`${sweep.name}-${outcome}`)),
    faultIn(sweep.name, 'messages-failed'),
  ]),
];
