/** The metrics that our functions write. CloudWatch bills each by the hours in which it is written. */
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { periodMinutesOf, SWEEPS } from '../../shared/contract/sweeps.ts';

export type OwnMetric = {
  readonly name: string;
  /** The part of the hours in which an idle system writes it. In use, each metric counts for all hours. */
  readonly idleShare: number;
};

/** The ends of the metrics of a sweep's worker, after the sweep's name. A test compares these lists with the code. */
export const WORKER_OUTCOMES = ['found', 'written', 'overtaken', 'left-out', 'failed', 'behind'] as const;

const inUse = (name: string): OwnMetric => ({ name, idleShare: 0 });

/** A run that finds nothing still says so, once for each of its listings. */
const hoursShareOf = (minutes: number): number => Math.min(1, 60 / minutes);

export const OWN_METRICS: readonly OwnMetric[] = [
  inUse('responded'),
  ...Object.keys(PROBLEMS).map(inUse),
  inUse('messages-failed'),
  inUse('events-published'),
  inUse('events-delayed'),
  ...SWEEPS.flatMap((sweep) => [
    { name: `${sweep.name}-listed`, idleShare: hoursShareOf(periodMinutesOf(sweep)) },
    ...WORKER_OUTCOMES.map((outcome) => inUse(`${sweep.name}-${outcome}`)),
  ]),
];
