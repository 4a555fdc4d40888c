/** How far the sweep must have come. A run has some hours, and until they are over an unwritten renewal is no gap. */

import { nextRunAfter, periodMillisOf } from '../../local/clock/schedule.ts';
import { renewWallets } from '../../shared/contract/sweeps.ts';
import { type Instant, plusHours, plusMillis } from '../../shared/domain/instant.ts';

/** When the last run was scheduled that has had its time by `now`. All that was due by then must be written. */
export function writtenUntil(now: Instant): Instant {
  const latest = plusHours(now, -renewWallets.mayTakeHours);
  return nextRunAfter(renewWallets, plusMillis(latest, -periodMillisOf(renewWallets)));
}
