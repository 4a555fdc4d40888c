/**
 * When a sweep will next have something to do, from what stands in the sparse indexes: pending InMails only, and active
 * subscriptions only. Good for as long as nobody but the sweeps writes.
 */

import type { SweepName } from '../../shared/contract/sweeps.ts';
import {
  type DateOnly,
  dateOf,
  type Instant,
  instant,
  midnightOf,
  millisOf,
  plusHours,
} from '../../shared/domain/instant.ts';
import { renewalDaysOn } from '../../shared/domain/renewals.ts';
import { expiredFrom, type Rules, remindAt } from '../../shared/domain/rules.ts';

/** The days of the month on which wallets renew, and when the pending InMails were sent. */
export type Pending = { readonly renewalDays: ReadonlySet<number>; readonly sentAts: readonly Instant[] };

/** The first instant later than `covered` at which the sweep has something to do; undefined where it never will. */
export type Agenda = (sweep: SweepName, covered: Instant) => Instant | undefined;

export function agendaOf({ renewalDays, sentAts }: Pending, rules: Rules): Agenda {
  const remindAts = sentAts.map((sentAt) => remindAt(sentAt, rules)).sort();
  const expireAts = sentAts.map((sentAt) => expiredFrom(sentAt, rules)).sort();
  return (sweep, covered) => {
    switch (sweep) {
      case 'renew-wallets':
        return firstRenewalAfter(covered, renewalDays);
      case 'remind-recipients':
        return remindAts.find((at) => at > covered);
      case 'expire-inmails':
        return expireAts.find((at) => at > covered);
    }
  };
}

/** Something to do always: no run is passed over. */
export const everyRun: Agenda = (_sweep, covered) => instant(millisOf(covered) + 1);

/** No renewal day is further off than the longest month. */
const MAX_DAYS_TO_RENEWAL = 31;

/** The run that covered `covered` wrote what was due on that date; month ends fall due as the sweep itself sees them (R3). */
function firstRenewalAfter(covered: Instant, renewalDays: ReadonlySet<number>): Instant | undefined {
  let date: DateOnly = dateOf(covered);
  for (let days = 0; days < MAX_DAYS_TO_RENEWAL; days += 1) {
    const next = dateOf(plusHours(midnightOf(date), 24));
    if (next === date) return undefined;
    date = next;
    if (renewalDaysOn(date).some((day) => renewalDays.has(day))) return midnightOf(date);
  }
  return undefined;
}
