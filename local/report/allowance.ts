/** How far the sweep must have come: until its time is over, what a run has not written is no gap. */
import { type Instant, plusHours, plusMillis } from '../../shared/domain/instant.ts';
import { MAY_TAKE_HOURS, sweepNamed } from '../../shared/edge/sweeps/table.ts';
import { nextRunAfter, periodMillisOf } from '../time/schedule.ts';

const SWEEP = 'renew-wallets';

/** When the last run was scheduled that has had its time by `now`: what was due by then must be written. */
export function writtenUntil(now: Instant): Instant {
  const sweep = sweepNamed(SWEEP);
  const latest = plusHours(now, -MAY_TAKE_HOURS[SWEEP]);
  return nextRunAfter(sweep, plusMillis(latest, -periodMillisOf(sweep)));
}
