import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { hiddenInWords, isShown, NO_FILTER } from '../../web/ledger/filter.ts';
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
  ] as const)('an entry passes or fails a filter with %s', (_what, filter, shown) => {
    expect(isShown({ ...NO_FILTER, ...filter }, entry)).toBe(shown);
  });

  it('a filter says how many entries it hides, and nothing if it hides none', () => {
    expect(hiddenInWords(20, 20)).toBeUndefined();
    expect(hiddenInWords(19, 20)).toMatch(/hides 1 entry of the 20/);
    expect(hiddenInWords(0, 20)).toMatch(/hides 20 entries/);
  });
});
