import { describe, expect, it } from 'vitest';
import { readOptions } from '../../tools/check-page/options.ts';

describe('the command line of check:page', () => {
  it('has defaults for all, and takes what it is told', () => {
    expect(readOptions([])).toEqual({ runs: 3, reports: undefined });
    expect(readOptions(['--runs', '25', '--reports', 'out'])).toEqual({ runs: 25, reports: 'out' });
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each(['0', '26', '1.5', '-1', 'many', ''])('refuses %j runs, and says what it takes', (runs) => {
    expect(() => readOptions([`--runs=${runs}`])).toThrow(`--runs: a whole number from 1 to 25, not ${runs}`);
  });
});
