/** When a plan renews (R3–R5). */
import { type DateOnly, dateInMonth, dayOfMonth, monthOf } from './instant.ts';
import type { Plan } from './plans.ts';

/** The day of the month on which a plan renews, 1–31. It is the 1st (R4), or the day of the sign-up (R3). */
export function renewalDayOf(plan: Plan, anchorDay: number): number {
  return plan.renews === 'first-of-month' ? 1 : anchorDay;
}

/** R3–R5: the first renewal date later than `lastGrantOn`. */
export function nextRenewalDate(plan: Plan, anchorDay: number, lastGrantOn: DateOnly): DateOnly {
  const day = renewalDayOf(plan, anchorDay);
  const month = monthOf(lastGrantOn);
  const thisMonth = dateInMonth(month, day);
  return thisMonth > lastGrantOn ? thisMonth : dateInMonth(month + 1, day);
}

/** The renewal days that fall on a date. On a month's last day these include the days that the month lacks (R3). */
export function renewalDaysOn(date: DateOnly): number[] {
  const day = dayOfMonth(date);
  const isLastDay = dateInMonth(monthOf(date), 31) === date;
  return isLastDay ? Array.from({ length: 32 - day }, (_, more) => day + more) : [day];
}
