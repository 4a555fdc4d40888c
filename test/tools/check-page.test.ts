import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../../tools/check-page/options.ts';
import { readArguments } from '../../tools/options.ts';

describe('the command line of check:page', () => {
  it('check:page has defaults for all options, and takes other values', () => {
    expect(readArguments(OPTIONS, [])?.values).toEqual({ runs: 3, reports: undefined });
    const args = ['--runs', '25', '--reports', 'out'];
    expect(readArguments(OPTIONS, args)?.values).toEqual({ runs: 25, reports: 'out' });
  });

  it.each(['0', '26', '1.5', '-1', 'many', ''])('check:page refuses %j runs, and says what it takes', (runs) => {
    const fault = `--runs wants a whole number from 1 to 25, not "${runs}"`;
    expect(() => readArguments(OPTIONS, [`--runs=${runs}`])).toThrow(fault);
  });
});
