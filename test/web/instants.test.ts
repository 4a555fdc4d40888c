import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { serverClock } from '../../web/app/server-clock.ts';
import { instantInUtc, instantInWords, spanInWords } from '../../web/words/instants.ts';

const AT = instant('2026-12-01T00:00:00Z');

describe('an instant', () => {
  it.each([
    { timeZone: 'UTC', locale: 'en-US', words: 'Dec 1, 2026, 12:00 AM UTC' },
    { timeZone: 'America/New_York', locale: 'en-US', words: 'Nov 30, 2026, 07:00 PM EST' },
    { timeZone: 'Europe/Berlin', locale: 'de-DE', words: '1. Dez. 2026, 01:00 MEZ' },
  ])('an instant in $timeZone is $words, with its zone', ({ words, ...where }) => {
    expect(instantInWords(AT, where).replaceAll('\u202f', ' ')).toBe(words);
  });

  it('an instant in UTC reads as in the books', () => {
    expect(instantInUtc(AT)).toBe('2026-12-01 00:00:00.000 UTC');
  });

  it.each([
    { from: '2026-11-18T23:59:59.999Z', words: 'in 12 days' },
    { from: '2026-11-30T00:00:00.000Z', words: 'in 1 day' },
    { from: '2026-11-30T00:00:00.001Z', words: 'in 23 hours' },
    { from: '2026-11-30T23:59:00.001Z', words: 'in 59 seconds' },
    { from: '2026-12-01T03:10:00.000Z', words: '3 hours ago' },
  ])('an instant is $words as seen from $from', ({ from, words }) => {
    expect(spanInWords(instant(from), AT, { locale: 'en-US' })).toBe(words);
  });
});

describe("the server's clock", () => {
  it('the clock starts at the server’s time and goes on as this machine’s does', async () => {
    let localMillis = Date.parse('2026-01-01T00:00:00Z');
    let serverNow = instant('2031-05-01T00:00:00Z');
    const clock = serverClock(
      async () => serverNow,
      () => localMillis,
    );
    await clock.read();
    localMillis += 60_000;
    expect(clock.now()).toBe('2031-05-01T00:01:00.000Z');
    serverNow = instant('2032-01-01T00:00:00Z');
    await clock.read();
    expect(clock.now()).toBe('2032-01-01T00:00:00.000Z');
  });
});
