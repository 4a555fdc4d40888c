/** Instants in the reader's locale and time zone. The zone is always named. */
import type { Instant } from '../../shared/domain/instant.ts';

/** The reader's own by default. */
export type Where = { readonly locale?: string; readonly timeZone?: string };

/** `1 Dec 2026, 01:00 CET`. */
export function instantInWords(at: string, { locale, timeZone }: Where = {}): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(at));
}

/** `2026-12-01 00:00:00.000 UTC`, as in the books. */
export const instantInUtc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, -1)} UTC`;

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `in 12 days`, `3 hours ago`. Takes the largest unit that fits at least once, and rounds towards now. */
export function spanInWords(from: Instant, to: Instant, { locale }: Where = {}): string {
  const millis = Date.parse(to) - Date.parse(from);
  const format = new Intl.RelativeTimeFormat(locale);
  for (const [unit, length] of UNITS) {
    if (Math.abs(millis) >= length) return format.format(Math.trunc(millis / length), unit);
  }
  return format.format(Math.trunc(millis / 1_000), 'second');
}
