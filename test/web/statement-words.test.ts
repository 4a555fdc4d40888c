import { describe, expect, it } from 'vitest';
import { domainEvent } from '../../shared/contract/events.ts';
import { instant } from '../../shared/domain/instant.ts';
import { hiddenInWords, isShown, NO_FILTER } from '../../web/ledger/filter.ts';
import { EVENT_SENTENCES, sentenceOfRun } from '../../web/words/time-words.ts';
import { anEntry } from '../support/domain-builders.ts';

describe('the filter of a statement', () => {
  const entry = anEntry({ at: instant('2024-02-10T23:59:59.999Z'), type: 'sent' });

  it.each([
    ['no filter', {}, true],
    ['its type', { type: 'sent' }, true],
    ['another type', { type: 'renewed' }, false],
    ['its own day as the first', { from: '2024-02-10' }, true],
    ['the day after as the first', { from: '2024-02-11' }, false],
    ['its own day as the last', { to: '2024-02-10' }, true],
    ['the day before as the last', { to: '2024-02-09' }, false],
  ] as const)('with %s', (_what, filter, shown) => {
    expect(isShown({ ...NO_FILTER, ...filter }, entry)).toBe(shown);
  });

  it('says how many it hides, and nothing where it hides none', () => {
    expect(hiddenInWords(20, 20)).toBeUndefined();
    expect(hiddenInWords(19, 20)).toMatch(/hides 1 entry of the 20/);
    expect(hiddenInWords(0, 20)).toMatch(/hides 20 entries/);
  });
});

describe('what happened while the clock moved', () => {
  const run = { scheduledAt: '2024-02-10T00:05:00.000Z', report: { found: 1, written: 1, failed: 0 } } as const;

  it.each([
    ['one renewal', { sweep: 'renew-wallets', ...run }, '1 wallet renewed.'],
    [
      'reminders, of which one failed',
      { sweep: 'remind-recipients', ...run, report: { found: 4, written: 3, failed: 1 } },
      '3 recipients reminded, 1 failed.',
    ],
    [
      'reminders that would have come too late',
      { sweep: 'remind-recipients', ...run, report: { found: 3, written: 0, failed: 0, leftOut: 3 } },
      '0 recipients reminded, 3 left out because it was too late.',
    ],
    ['an expiry', { sweep: 'expire-inmails', ...run }, '1 InMail expired.'],
    [
      'a run that failed',
      { sweep: 'expire-inmails', scheduledAt: run.scheduledAt, error: 'Error: no table' },
      'The run failed, and will be made up for: Error: no table.',
    ],
  ] as const)('tells %s', (_what, told, sentence) => {
    expect(sentenceOfRun(told)).toBe(sentence);
  });

  it('has a sentence for every type of event, and for no other', () => {
    const types = domainEvent.options.map(({ shape }) => shape.type.value);
    expect(Object.keys(EVENT_SENTENCES).sort()).toEqual([...types].sort());
  });
});
