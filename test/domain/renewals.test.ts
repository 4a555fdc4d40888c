import { describe, expect, it } from 'vitest';
import type { DateOnly } from '../../shared/domain/instant.ts';
import { nextRenewalDate, renewalDayOf, renewalDaysOn } from '../../shared/domain/renewals.ts';
import { day, planOf } from '../support/domain-builders.ts';
import { daysFrom, nextRenewalByCounting, renewsOn } from './naive-calendar.ts';

const CAREER = planOf('premium-career');
const CORE = planOf('sales-navigator-core');
const ANCHOR_DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

/** The renewals that follow a sign-up, as many as asked for. */
function renewalsAfter(signUp: string, { plan = CAREER, count }: { plan?: typeof CAREER; count: number }): string[] {
  const dates: DateOnly[] = [day(signUp)];
  while (dates.length <= count) {
    dates.push(nextRenewalDate(plan, Number(signUp.slice(8)), dates.at(-1) ?? day(signUp)));
  }
  return dates.slice(1);
}

describe('the anniversary of a sign-up (R3)', () => {
  it.each([
    ['2024-01-31', ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-07-31', '2024-08-31']],
    ['2023-01-31', ['2023-02-28', '2023-03-31', '2023-04-30']],
    ['2023-01-30', ['2023-02-28', '2023-03-30', '2023-04-30']],
    ['2023-01-29', ['2023-02-28', '2023-03-29', '2023-04-29']],
    ['2024-01-29', ['2024-02-29', '2024-03-29', '2024-04-29']],
    ['2024-02-29', ['2024-03-29', '2024-04-29', '2024-05-29']],
    ['2023-01-28', ['2023-02-28', '2023-03-28']],
    ['2024-10-31', ['2024-11-30', '2024-12-31', '2025-01-31', '2025-02-28', '2025-03-31']],
    ['2023-12-01', ['2024-01-01', '2024-02-01']],
    ['2023-12-31', ['2024-01-31', '2024-02-29']],
    ['1900-01-31', ['1900-02-28', '1900-03-31']],
    ['2000-01-31', ['2000-02-29', '2000-03-31']],
    ['2100-01-31', ['2100-02-28', '2100-03-31']],
  ])('a sign-up on %s renews on %j', (signUp, dates) => {
    expect(renewalsAfter(signUp, { count: dates.length })).toEqual(dates);
  });

  it('a sign-up on 29 Feb renews on the 28th of a common February and on the 29th again in the next leap year', () => {
    const februaries = renewalsAfter('2024-02-29', { count: 48 }).filter((date) => date.slice(5, 7) === '02');
    expect(februaries).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  it.each(ANCHOR_DAYS)(
    'anchor day %i renews as day-by-day counting says, after every day of leap and common years',
    (anchor) => {
      const dates = [...daysFrom('2023-01-01', '2025-03-31'), ...daysFrom('2099-12-01', '2100-04-30')];
      const computed = dates.map((date) => nextRenewalDate(CAREER, anchor, day(date)));
      expect(computed).toEqual(dates.map((date) => nextRenewalByCounting('anniversary', anchor, date)));
    },
  );
});

describe('the first of the month (R4)', () => {
  it.each([
    ['2024-01-20', ['2024-02-01', '2024-03-01', '2024-04-01']],
    ['2024-01-31', ['2024-02-01', '2024-03-01']],
    ['2024-02-29', ['2024-03-01', '2024-04-01']],
    ['2023-12-31', ['2024-01-01', '2024-02-01']],
  ])('a Core sign-up on %s renews on %j', (signUp, dates) => {
    expect(renewalsAfter(signUp, { plan: CORE, count: dates.length })).toEqual(dates);
  });

  it.each(ANCHOR_DAYS)('anchor day %i makes no difference to a plan that renews on the 1st', (anchor) => {
    const dates = daysFrom('2023-12-01', '2024-03-31');
    const computed = dates.map((date) => nextRenewalDate(CORE, anchor, day(date)));
    expect(computed).toEqual(dates.map((date) => nextRenewalByCounting('first-of-month', anchor, date)));
  });
});

describe('a renewal comes strictly after the date of the last grant (R5)', () => {
  it.each([
    { plan: CORE, anchor: 31, granted: '2024-01-31', next: '2024-02-01' },
    { plan: CORE, anchor: 1, granted: '2024-02-01', next: '2024-03-01' },
    { plan: CORE, anchor: 2, granted: '2024-02-02', next: '2024-03-01' },
    { plan: CAREER, anchor: 20, granted: '2024-03-19', next: '2024-03-20' },
    { plan: CAREER, anchor: 20, granted: '2024-03-20', next: '2024-04-20' },
    { plan: CAREER, anchor: 20, granted: '2024-03-21', next: '2024-04-20' },
    { plan: CAREER, anchor: 31, granted: '2024-04-29', next: '2024-04-30' },
    { plan: CAREER, anchor: 31, granted: '2024-04-30', next: '2024-05-31' },
    { plan: CAREER, anchor: 31, granted: '2024-12-31', next: '2025-01-31' },
    { plan: CAREER, anchor: 31, granted: '2025-02-27', next: '2025-02-28' },
    { plan: CAREER, anchor: 31, granted: '2025-02-28', next: '2025-03-31' },
  ])(
    'a wallet of $plan.plan with anchor $anchor, granted on $granted, renews next on $next',
    ({ plan, anchor, granted, next }) => {
      expect(nextRenewalDate(plan, anchor, day(granted))).toBe(next);
    },
  );

  /**
   * R6 adds renewals as long as the next one sorts at or before now, so one that sorted back in time would never end.
   */
  it.each([
    ['2999-11-30', '2999-12-31'],
    ['2999-12-31', '3000-01-31'],
    ['9999-11-30', '9999-12-31'],
  ])('the renewal after a grant on %s, at the end of the calendar, is %s and still sorts after it', (granted, next) => {
    expect(nextRenewalDate(CAREER, 31, day(granted))).toBe(next);
  });
});

describe('the day a subscription is found by', () => {
  it.each([
    { plan: CAREER, anchor: 1, found: 1 },
    { plan: CAREER, anchor: 31, found: 31 },
    { plan: CORE, anchor: 31, found: 1 },
  ])('a subscription to $plan.plan with anchor $anchor is found by day $found', ({ plan, anchor, found }) => {
    expect(renewalDayOf(plan, anchor)).toBe(found);
  });

  it.each([
    ['2024-01-30', [30]],
    ['2024-01-31', [31]],
    ['2024-02-28', [28]],
    ['2024-02-29', [29, 30, 31]],
    ['2023-02-27', [27]],
    ['2023-02-28', [28, 29, 30, 31]],
    ['2024-04-29', [29]],
    ['2024-04-30', [30, 31]],
    ['2024-05-01', [1]],
    ['2024-12-31', [31]],
  ])('the sweep looks on %s for days %j', (date, days) => {
    expect(renewalDaysOn(day(date))).toEqual(days);
  });

  it('the sweep’s days find, on every day of four years, just the anchors that renew on it', () => {
    for (const date of daysFrom('2023-01-01', '2026-12-31')) {
      expect(renewalDaysOn(day(date))).toEqual(ANCHOR_DAYS.filter((anchor) => renewsOn('anniversary', anchor, date)));
    }
  });
});
