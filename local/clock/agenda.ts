/**
 * When a sweep will next have something to do, from what stands in the sparse indexes: pending InMails and active
 * subscriptions. Good as long as only the sweeps write.
 */
import { ofEachSweep, type SweepName } from '../../shared/contract/sweeps.ts';
import { type Instant, instant, millisOf } from '../../shared/domain/instant.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { type Awaited, LISTINGS } from '../../shared/sweeps/listings.ts';

/** The first instant later than `covered` at which the sweep has something to do, or undefined if there is none. */
export type Agenda = (sweep: SweepName, covered: Instant) => Instant | undefined;

export function createAgenda(awaited: Awaited, rules: Rules): Agenda {
  const firstDue = ofEachSweep(({ name }) => LISTINGS[name].firstDue(awaited, rules));
  return (sweep, covered) => firstDue[sweep](covered);
}

/** Something to do always: no run is passed over. */
export const everyRun: Agenda = (_sweep, covered) => instant(millisOf(covered) + 1);
