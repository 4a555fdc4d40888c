import { describe, expect, it } from 'vitest';
import {
  dateInMonth,
  dateOf,
  datesBetween,
  dayOfMonth,
  earlierOf,
  instant,
  laterOf,
  midnightOf,
  monthOf,
  plusHours,
} from '../../shared/domain/instant.ts';
import { day } from '../support/domain-builders.ts';
import { daysFrom, lengthOfMonth } from './naive-calendar.ts';

describe('an instant', () => {
  it.each([
    ['2024-01-31T15:00:00Z', '2024-01-31T15:00:00.000Z'],
    ['2024-01-31T15:00:00.123Z', '2024-01-31T15:00:00.123Z'],
    ['2024-01-31T19:00:00+04:00', '2024-01-31T15:00:00.000Z'],
    ['2024-02-01T02:00:00-05:00', '2024-02-01T07:00:00.000Z'],
    ['0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'],
    ['2999-12-31T23:59:59.999Z', '2999-12-31T23:59:59.999Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1_706_713_200_123, '2024-01-31T15:00:00.123Z'],
  ])('%s is the instant %s, in UTC with milliseconds', (from, text) => {
    expect(instant(from)).toBe(text);
  });

  it.each([
    'yesterday',
    'January 5, 2024',
    '2024-01-31T10:00',
    '2026-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-01-31T24:00:00.001Z',
    '',
    '2024-13-01T00:00:00Z',
    '0000-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00.000Z',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Date.parse('0001-01-01T00:00:00Z') - 1,
    Date.parse('2999-12-31T23:59:59.999Z') + 1,
    '9999-12-31T23:59:59.999Z',
  ])('%s is not an instant', (from) => {
    expect(() => instant(from)).toThrow(RangeError);
  });

  it.each([
    ['2024-01-31T23:59:59.999Z', '2024-01-31', 31],
    ['2024-02-01T00:00:00.000Z', '2024-02-01', 1],
  ])('the instant %s is on %s in UTC, day %i of the month', (at, date, number) => {
    expect(dateOf(instant(at))).toBe(date);
    expect(dayOfMonth(dateOf(instant(at)))).toBe(number);
    expect(dateOf(midnightOf(day(date)))).toBe(date);
    expect(midnightOf(day(date))).toBe(`${date}T00:00:00.000Z`);
  });

  it.each([
    ['2024-02-28T12:00:00.000Z', 24, '2024-02-29T12:00:00.000Z'],
    ['2024-03-31T00:30:00.000Z', 2, '2024-03-31T02:30:00.000Z'],
    ['2024-01-01T00:00:00.000Z', -1, '2023-12-31T23:00:00.000Z'],
  ])('%s plus %i hours is %s', (at, hours, sum) => {
    expect(plusHours(instant(at), hours)).toBe(sum);
  });

  it('a millisecond is enough to tell the later of two instants from the earlier', () => {
    const [one, two] = [instant('2024-01-31T23:59:59.999Z'), instant('2024-02-01T00:00:00.000Z')];
    expect([laterOf(one, two), laterOf(two, one), laterOf(one, one)]).toEqual([two, two, one]);
    expect([earlierOf(one, two), earlierOf(two, one), earlierOf(two, two)]).toEqual([one, one, two]);
  });
});

describe('dates', () => {
  it.each([
    ['2024-02-28', '2024-03-01', ['2024-02-28', '2024-02-29', '2024-03-01']],
    ['2023-12-31', '2024-01-01', ['2023-12-31', '2024-01-01']],
    ['2024-01-01', '2024-01-01', ['2024-01-01']],
    ['2024-01-02', '2024-01-01', []],
  ])('the dates from %s to %s are %j', (first, last, dates) => {
    expect(datesBetween(day(first), day(last))).toEqual(dates);
  });

  it('a day of a month is itself, or the month’s last day when the month lacks it', () => {
    const months = daysFrom('1899-12-01', '2101-01-01').filter((date) => date.endsWith('-01'));
    for (const first of months) {
      const length = lengthOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7)));
      for (const wanted of [1, 28, 29, 30, 31]) {
        const number = String(Math.min(wanted, length)).padStart(2, '0');
        expect(dateInMonth(monthOf(day(first)), wanted)).toBe(`${first.slice(0, 8)}${number}`);
      }
    }
  });
});
