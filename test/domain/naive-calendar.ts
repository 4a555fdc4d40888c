/**
 * The calendar by counting days, one after the other. It is slow and plain, and shares no line with the code it checks.
 */

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function lengthOfMonth(year: number, month: number): number {
  const length = MONTH_LENGTHS[month - 1] ?? 0;
  return month === 2 && isLeap(year) ? length + 1 : length;
}

/** The day after `date`, by hand. */
export function dayAfter(date: string): string {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const pad = (number: number, width = 2) => String(number).padStart(width, '0');
  if (dayOfMonth < lengthOfMonth(year, month)) return `${pad(year, 4)}-${pad(month)}-${pad(dayOfMonth + 1)}`;
  return month < 12 ? `${pad(year, 4)}-${pad(month + 1)}-01` : `${pad(year + 1, 4)}-01-01`;
}

/** R3, R4: whether a wallet renews on `date`. */
export function renewsOn(renews: 'anniversary' | 'first-of-month', anchorDay: number, date: string): boolean {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const due = renews === 'first-of-month' ? 1 : Math.min(anchorDay, lengthOfMonth(year, month));
  return dayOfMonth === due;
}

/** R5: the first renewal later than `date`, by trying every day. */
export function nextRenewalByCounting(
  renews: 'anniversary' | 'first-of-month',
  anchorDay: number,
  date: string,
): string {
  let next = dayAfter(date);
  while (!renewsOn(renews, anchorDay, next)) next = dayAfter(next);
  return next;
}

/** Every day from `first` to `last`, both included. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let date = first; date <= last; date = dayAfter(date)) days.push(date);
  return days;
}
