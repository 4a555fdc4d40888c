/** The scheduled times of a sweep, in UTC. */

import { periodMinutesOf, type Sweep } from '../../shared/contract/sweeps.ts';
import { type Instant, instant, millisOf } from '../../shared/domain/instant.ts';

const MILLIS_PER_MINUTE = 60_000;
export const periodMillisOf = (sweep: Sweep): number => periodMinutesOf(sweep) * MILLIS_PER_MINUTE;

/** The first run of a sweep later than `after`. Throws a RangeError past the end of time. */
export function nextRunAfter(sweep: Sweep, after: Instant): Instant {
  const { runs } = sweep;
  const periodMillis = periodMillisOf(sweep);
  const phaseMillis = 'everyMinutes' in runs ? 0 : (runs.hour * 60 + runs.minute) * MILLIS_PER_MINUTE;
  const sinceLastMillis = (((millisOf(after) - phaseMillis) % periodMillis) + periodMillis) % periodMillis;
  return instant(millisOf(after) + periodMillis - sinceLastMillis);
}
