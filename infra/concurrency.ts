/** How many functions of a stage may run at once. AWS limits the sum of an account and a region. */
import { ENDPOINTS } from '../shared/contract/endpoints.ts';
import { SWEEPS } from '../shared/contract/sweeps.ts';
import { API_TIMEOUT_SECONDS } from '../shared/contract/timeouts.ts';
import type { Stage } from './stages.ts';

/**
 * Two seconds of requests at once, because the page sends several together. The rates sum up to 66 a second. If every
 * request ran into its timeout, 66 × (10 s + 2 s) = 792 functions would run at once. That leaves 208 of an account's first
 * 1,000 to sweeps and events. A stage multiplies all rates by its factor.
 */
export const BURST_SECONDS = 2;

/**
 * Two are the least that a mapping allows. Each reads some 20 listings of 1,000 keys a second, which is faster than any
 * number of workers.
 */
export const LISTERS_AT_ONCE = 2;

/** One for each shard of the streams. A ledger warmed to 10,000 writes a second has ten, and may have more after a split. */
export const PUBLISHERS_AT_ONCE = 40;

/** Lambda keeps the last 100 of an account from being reserved. */
export const UNRESERVABLE = 100;

/** Of the API, if every request ran into its timeout. */
export const requestsAtOnce = ({ rateFactor }: Pick<Stage, 'rateFactor'>): number =>
  Math.ceil(rateFactor * sumOf(ENDPOINTS.map(({ perSecond }) => perSecond)) * (API_TIMEOUT_SECONDS + BURST_SECONDS));

/** Of the sweeps and the publisher. A stage with `reservesConcurrency` has these to itself. */
export const jobsAtOnce = (): number =>
  LISTERS_AT_ONCE + PUBLISHERS_AT_ONCE + sumOf(SWEEPS.map(({ workersAtOnce }) => workersAtOnce));

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
