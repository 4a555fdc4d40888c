/**
 * The InMails of a wallet that wait for a response, in the form that every entry carries. `20784:12,1,3 2:5` names
 * entries 12, 13 and 16, sent on day 20784 since 1 January 1970, and entry 21, sent two days later. Each number counts
 * from the one before.
 *
 * So the cost of a read follows what is pending. There are at most 350 (a cap of 150, and four renewals of 50 within 90
 * days).
 */
import { type DateOnly, dateOf, type Instant, instant, midnightOf, millisOf, plusHours } from './instant.ts';
import type { Rules } from './rules.ts';

/** A `sent` entry of the wallet. */
export type PendingSend = { readonly seq: number; readonly sentOn: DateOnly };

const MILLIS_PER_DAY = 86_400_000;
const numberOf = (date: DateOnly): number => millisOf(midnightOf(date)) / MILLIS_PER_DAY;
const dateNumbered = (day: number): DateOnly => dateOf(instant(day * MILLIS_PER_DAY));

/** `sends` are in the order of seq, which is the order of time (I8). */
export function formatPending(sends: readonly PendingSend[]): string {
  let [lastDay, lastSeq] = [0, 0];
  const groups = [...Map.groupBy(sends, ({ sentOn }) => sentOn)].map(([sentOn, group]) => {
    const days = numberOf(sentOn) - lastDay;
    lastDay += days;
    const steps = group.map(({ seq }) => {
      const step = seq - lastSeq;
      lastSeq = seq;
      return step;
    });
    return `${days}:${steps}`;
  });
  return groups.join(' ');
}

/** In the order of seq. Throws a RangeError for text that `formatPending` did not make. */
export function parsePending(text: string): PendingSend[] {
  if (text === '') return [];
  let [day, seq] = [0, 0];
  return text.split(' ').flatMap((group) => {
    const [days, steps = ''] = group.split(':');
    day += Number(days);
    const sentOn = dateNumbered(day);
    return steps.split(',').map((step) => {
      seq += Number(step);
      return { seq, sentOn };
    });
  });
}

/** Without those whose day is too long ago for a credit to come back at `at` (R13). The exact instants decide later. */
export function pendingAt(pending: string, at: Instant, { returnWindowHours }: Rules): string {
  if (pending === '') return '';
  const first = dateOf(plusHours(at, -returnWindowHours));
  return formatPending(parsePending(pending).filter(({ sentOn }) => sentOn >= first));
}

/** With an entry that was just paid. */
export function withPending(pending: string, { seq, at }: { readonly seq: number; readonly at: Instant }): string {
  return formatPending([...parsePending(pending), { seq, sentOn: dateOf(at) }]);
}

/** Without an InMail whose response has come. */
export function withoutPending(pending: string, seq: number): string {
  return formatPending(parsePending(pending).filter((send) => send.seq !== seq));
}
