/** Time as plain data. Every instant is UTC and comes in from outside, because nothing here reads a clock. */
import { UTCDateMini } from '@date-fns/utc/date/mini';
import { addMonths } from 'date-fns/addMonths';

/** ISO 8601 UTC with milliseconds, `2024-01-31T15:00:00.000Z`. As a string it sorts in the order of time. */
export type Instant = string & { readonly __brand: 'Instant' };

/** A day in UTC, `2024-01-31`. */
export type DateOnly = string & { readonly __brand: 'DateOnly' };

const MILLIS_PER_HOUR = 3_600_000;
const MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;
/**
 * Every date worked out from these, such as the next renewal, still has a year of four digits and sorts as time does.
 */
const FIRST_MILLIS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MILLIS = Date.parse('2999-12-31T23:59:59.999Z');

/**
 * From milliseconds since 1970, or from ISO 8601 text with a zone. Throws a RangeError for a day that does not exist
 * (`2026-02-30`), and for years before 1 or after 2999.
 */
export function instant(from: number | string): Instant {
  const millis = typeof from === 'number' ? from : parse(from);
  if (!(millis >= FIRST_MILLIS && millis <= LAST_MILLIS)) {
    throw new RangeError(`not an instant of the years 1 to 2999: ${from}`);
  }
  return new Date(millis).toISOString() as Instant;
}

const ISO_TEXT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** NaN for other text. Date.parse alone takes 30 February for 1 March, and text without a zone for local time. */
function parse(text: string): number {
  const [, year, month, day] = ISO_TEXT.exec(text) ?? [];
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= lastDay ? Date.parse(text) : Number.NaN;
}

export const millisOf = (at: Instant): number => Date.parse(at);
/** Stops at the first and the last instant there is, so that a deadline or a look-back never leaves them. */
export const plusMillis = (at: Instant, millis: number): Instant =>
  instant(Math.min(LAST_MILLIS, Math.max(FIRST_MILLIS, millisOf(at) + millis)));
/** Stops where `plusMillis` does. */
export const plusHours = (at: Instant, hours: number): Instant => plusMillis(at, hours * MILLIS_PER_HOUR);
export const laterOf = (one: Instant, other: Instant): Instant => (one >= other ? one : other);
export const earlierOf = (one: Instant, other: Instant): Instant => (one <= other ? one : other);
export const dateOf = (at: Instant): DateOnly => at.slice(0, 10) as DateOnly;
export const midnightOf = (date: DateOnly): Instant => `${date}T00:00:00.000Z` as Instant;
export const dayOfMonth = (date: DateOnly): number => Number(date.slice(8, 10));

/** The days from `first` to `last`, both included, in order. None when `last` comes first. */
export function datesBetween(first: DateOnly, last: DateOnly): DateOnly[] {
  const start = millisOf(midnightOf(first));
  const days = (millisOf(midnightOf(last)) - start) / MILLIS_PER_DAY;
  return Array.from({ length: Math.max(0, days + 1) }, (_, day) => dateOf(instant(start + day * MILLIS_PER_DAY)));
}

/** A month as a count from January 1970, so that the next month is one more. */
export function monthOf(date: DateOnly): number {
  return (Number(date.slice(0, 4)) - 1970) * 12 + Number(date.slice(5, 7)) - 1;
}

/**
 * Day `day` of a month, or the month's last day when the month is shorter (R3). It counts from a January, which has all
 * days.
 */
export function dateInMonth(month: number, day: number): DateOnly {
  return addMonths(new UTCDateMini(1970, 0, day), month)
    .toISOString()
    .slice(0, 10) as DateOnly;
}
