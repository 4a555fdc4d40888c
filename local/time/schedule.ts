/** When a sweep runs, in UTC. */
import { type Instant, instant, millisOf } from '../../shared/domain/instant.ts';
import type { Sweep } from '../../shared/edge/sweeps/table.ts';

const MILLIS_PER_MINUTE = 60_000;
export const periodHoursOf = ({ at }: Sweep): number => (at.hour === undefined ? 1 : 24);

/** The first run of a sweep later than `after`. */
export function nextRunAfter(sweep: Sweep, after: Instant): Instant {
  const periodMillis = periodHoursOf(sweep) * 60 * MILLIS_PER_MINUTE;
  const phaseMillis = ((sweep.at.hour ?? 0) * 60 + sweep.at.minute) * MILLIS_PER_MINUTE;
  const periods = Math.floor((millisOf(after) - phaseMillis) / periodMillis) + 1;
  return instant(periods * periodMillis + phaseMillis);
}
