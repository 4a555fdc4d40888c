/** The moves that the buttons offer, and the one that a date and time ask for. */
import {
  dateInMonth,
  dateOf,
  type Instant,
  instant,
  midnightOf,
  millisOf,
  monthOf,
} from '../../../shared/domain/instant.ts';
import type { Move } from './local-api.ts';

export type Jump = { readonly label: string; readonly move: (now: Instant) => Move };

const days = (count: number): Jump => ({
  label: count === 1 ? '+1 day' : `+${count} days`,
  move: () => ({ advance: `P${count}D` }),
});

/** 3 days bring reminders (R15), a month's 1st the renewals of Core (R4), 31 days every renewal, 100 days expiries (R16). */
export const JUMPS: readonly Jump[] = [
  days(1),
  days(3),
  { label: 'To the 1st of next month', move: (now) => ({ set: nextFirst(now) }) },
  days(31),
  days(100),
];

const nextFirst = (now: Instant): Instant => midnightOf(dateInMonth(monthOf(dateOf(now)) + 1, 1));

/** Reads a field of date and time as UTC. Undefined while it is not complete. */
export function instantIn(field: string): Instant | undefined {
  try {
    return instant(`${field}Z`);
  } catch {
    return undefined;
  }
}

/** From 0 to 1, how far the clock says that a move has come. */
export function progressOf(from: Instant, at: Instant, to: Instant): number {
  const whole = millisOf(to) - millisOf(from);
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, (millisOf(at) - millisOf(from)) / whole));
}

/** The end of a move. A span of days is worked out here only to show the progress. */
export function targetOf(move: Move, now: Instant): Instant {
  if ('set' in move) return move.set;
  const DAY_MILLIS = 86_400_000;
  return instant(millisOf(now) + Number(/^P(\d+)D$/.exec(move.advance)?.[1] ?? 0) * DAY_MILLIS);
}
