import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { expiredSentUntil, isExpired, RULES, remindSentUntil, returnableUntil } from '../../shared/domain/rules.ts';

const HOUR_MILLIS = 3_600_000;
const SENT_AT = instant('2024-03-01T12:00:00Z');
const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2030-01-01') }).map(instant);

describe('the return window (R13, R16)', () => {
  it('the return window is 90 × 24 hours, through a leap day and a change of clocks alike', () => {
    expect(RULES.returnWindowHours).toBe(2160);
    expect(returnableUntil(SENT_AT, RULES)).toBe('2024-05-30T12:00:00.000Z');
    expect(returnableUntil(instant('2024-02-01T00:00:00Z'), RULES)).toBe('2024-05-01T00:00:00.000Z');
    expect(returnableUntil(instant('2023-02-01T00:00:00Z'), RULES)).toBe('2023-05-02T00:00:00.000Z');
  });

  it.each([
    ['2024-03-01T12:00:00.000Z', false],
    ['2024-05-30T11:59:59.999Z', false],
    ['2024-05-30T12:00:00.000Z', false],
    ['2024-05-30T12:00:00.001Z', true],
  ])('the InMail at %s has expired: %s', (now, expired) => {
    expect(isExpired(SENT_AT, instant(now), RULES)).toBe(expired);
  });

  it.each([
    ['2024-03-03T12:00:00.000Z', false],
    ['2024-03-03T12:00:00.001Z', true],
  ])('the return window is a figure: with 48 hours, the InMail at %s has expired: %s', (now, expired) => {
    expect(isExpired(SENT_AT, instant(now), { ...RULES, returnWindowHours: 48 })).toBe(expired);
  });
});

describe('the daily expiry job (R16)', () => {
  it.each([
    ['2024-05-30T12:00:00.000Z', '2024-03-01T11:59:59.999Z'],
    ['2024-05-30T12:00:00.001Z', '2024-03-01T12:00:00.000Z'],
  ])('the daily expiry job at %s looks for InMails sent until %s', (now, until) => {
    expect(expiredSentUntil(instant(now), RULES)).toBe(until);
  });

  it('the daily expiry job looks for just the InMails that have expired', () => {
    const offsets = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1e9, max: 1e9 }));
    fc.assert(
      fc.property(instants, offsets, (sentAt, offset) => {
        const now = instant(Date.parse(sentAt) + 90 * 24 * HOUR_MILLIS + offset);
        expect(sentAt <= expiredSentUntil(now, RULES)).toBe(isExpired(sentAt, now, RULES));
        expect(isExpired(sentAt, now, RULES)).toBe(offset > 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a run of the reminders (R15)', () => {
  it.each([
    ['2024-03-04T11:00:00.000Z', '2024-03-01T12:00:00.000Z'],
    ['2024-03-04T10:59:59.999Z', '2024-03-01T11:59:59.999Z'],
  ])('a run of the reminders at %s looks for InMails sent until %s, 71 h ago or more', (now, until) => {
    expect(RULES.reminderAfterHours).toBe(71);
    expect(remindSentUntil(instant(now), RULES)).toBe(until);
  });

  it('an InMail is 71 hours old or more, and not yet 72, at the first full hour that finds it', () => {
    const edges = fc.tuple(instants, fc.constantFrom(0, 1, HOUR_MILLIS - 1)).map(([at, past]) => {
      const fullHour = Math.floor(Date.parse(at) / HOUR_MILLIS) * HOUR_MILLIS;
      return instant(fullHour + past);
    });
    fc.assert(
      fc.property(fc.oneof(instants, edges), (sentAt) => {
        const finds = (hour: number) => sentAt <= remindSentUntil(instant(hour), RULES);
        let hour = Math.floor(Date.parse(sentAt) / HOUR_MILLIS) * HOUR_MILLIS;
        while (!finds(hour)) hour += HOUR_MILLIS;
        const ageHours = (hour - Date.parse(sentAt)) / HOUR_MILLIS;
        expect(ageHours).toBeGreaterThanOrEqual(71);
        expect(ageHours).toBeLessThan(72);
      }),
      { numRuns: 300 },
    );
  });
});
