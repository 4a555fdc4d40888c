import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { nextCursorIn } from '../../web/ledger/read-ledger.ts';
import { instantIn, JUMPS, progressOf, targetOf } from '../../web/views/time-machine/moves.ts';
import { sentenceOfGap } from '../../web/words/time-words.ts';

const now = instant('2026-12-31T23:30:00Z');

describe('the jumps of the time machine', () => {
  it.each([
    ['+1 day', '2027-01-01T23:30:00.000Z'],
    ['+3 days', '2027-01-03T23:30:00.000Z'],
    ['To the 1st of next month', '2027-01-01T00:00:00.000Z'],
    ['+31 days', '2027-01-31T23:30:00.000Z'],
    ['+100 days', '2027-04-10T23:30:00.000Z'],
  ])('the jump %s ends at %s', (label, target) => {
    const jump = JUMPS.find((one) => one.label === label);
    if (!jump) throw new Error(`no jump ${label}`);
    expect(targetOf(jump.move(now), now)).toBe(target);
  });

  it('the jump to the 1st leads from a 1st to the next one', () => {
    const jump = JUMPS.find(({ label }) => label.startsWith('To the 1st'));
    expect(jump?.move(instant('2027-02-01T00:00:00Z'))).toEqual({ set: '2027-03-01T00:00:00.000Z' });
  });
});

describe('a field of date and time', () => {
  it.each([
    ['2027-02-28T09:30', '2027-02-28T09:30:00.000Z'],
    ['2027-02-28T09:30:15', '2027-02-28T09:30:15.000Z'],
    ['', undefined],
    ['2027-02-30T09:30', undefined],
    ['12027-02-28T09:30', undefined],
  ])('a field that holds “%s” is read as %s', (field, at) => {
    expect(instantIn(field)).toBe(at);
  });
});

describe('the progress of a move', () => {
  const to = instant('2027-01-01T03:30:00Z');

  it.each([
    ['at its start', '2026-12-31T23:30:00Z', 0],
    ['on the way', '2027-01-01T01:30:00Z', 0.5],
    ['at its end', '2027-01-01T03:30:00Z', 1],
    ['a moment past its end', '2027-01-01T03:30:01Z', 1],
  ])('a move shows its progress %s', (_where, at, progress) => {
    expect(progressOf(now, instant(at), to)).toBe(progress);
  });

  it('a move to the time of the clock is complete at once', () => {
    expect(progressOf(now, now, now)).toBe(1);
  });
});

describe('a gap among the events', () => {
  it.each([
    [
      'ada#premium#7',
      'Events are missing here: those after ada#premium#1 and before ada#premium#7 are no longer kept.',
    ],
    [null, 'Events are missing here: those after ada#premium#1 are no longer kept.'],
  ])('a gap is told in a sentence if the oldest event kept is %s', (oldestKept, sentence) => {
    expect(sentenceOfGap({ lastEventId: 'ada#premium#1', oldestKept })).toBe(sentence);
  });
});

describe('the next page of a CSV statement', () => {
  it.each([
    ['no Link header', null, undefined],
    ['its link', '<?format=csv&limit=100&cursor=abc_-1>; rel="next"', 'abc_-1'],
    ['its link, the cursor first', '<?cursor=abc&format=csv>; rel="next"', 'abc'],
    ['another relation', '<?cursor=abc>; rel="prev"', undefined],
  ])('the cursor of a CSV statement is looked for in %s', (_what, link, cursor) => {
    expect(nextCursorIn(link)).toBe(cursor);
  });
});
