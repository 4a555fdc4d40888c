/**
 * Finds the next work of a sweep from the sparse indexes, which hold the pending InMails and the active subscriptions. The
 * agenda stays right as long as only the sweeps write.
 */
import { ofEachSweep, type SweepName } from '../../shared/contract/sweeps.ts';
import { type Instant, instant, millisOf } from '../../shared/domain/instant.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { type Awaited, LISTINGS } from '../../shared/sweeps/listings.ts';

/** The first instant after `covered` at which the sweep has work. Undefined if there is none. */
export type Agenda = (sweep: SweepName, covered: Instant) => Instant | undefined;

export function createAgenda(awaited: Awaited, rules: Rules): Agenda {
  const firstDue = ofEachSweep(({ name }) => LISTINGS[name].firstDue(awaited, rules));
  return (sweep, covered) => firstDue[sweep](covered);
}

/** Every run has work, so no run is passed over. */
export const everyRun: Agenda = (_sweep, covered) => instant(millisOf(covered) + 1);
