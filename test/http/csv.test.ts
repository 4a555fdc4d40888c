import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, fileNameOf, notRun } from '../../shared/http/csv.ts';

const fieldOf = (text: string): string => csvLine([text]).replace(/\r\n$/, '');

describe('a text in CSV', () => {
  it.each([
    'ada',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'urn:li:person:ada',
    'ada+news@example.org',
    '0b9f6f1e-6f0c-4f5e-9a9e-0d3f6b1c2a77',
    '1b2',
    'a',
    'marie1',
    '2024-01-31T15:00:00.000Z',
    '_1',
    'marie',
    'mars-x5',
    'truely',
    '007bond',
    'ada~bob~000001',
    '1E5~7~000001',
    '',
  ])('a text stands in CSV as it is: %s', (text) => {
    expect(fieldOf(text)).toBe(text);
  });

  it.each([
    '=A1',
    '=HYPERLINK("http://example.org")',
    '+1',
    '-2-3',
    '-2-3~bob~000001',
    '@ada',
    '|ada',
    '\t=1',
    "'ada",
    "'=1",
    '1',
    '007',
    '1E5',
    '1e5',
    '12345678901234567890',
    '1.5',
    '3-4',
    '2024-01-31',
    '12:30',
    '12:30pm',
    'true',
    'FALSE',
    'mar1',
    'SEPT-2',
    '5-jan',
    '1.000,5',
  ])('a text that a spreadsheet would run or rewrite gets an apostrophe ahead: %s', (text) => {
    expect(fieldOf(text).replace(/^"?/, '').startsWith("'")).toBe(true);
  });

  it('a text comes back whole without its one leading apostrophe', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'\'"=+-@|\t\r\n,;a1Ee.:~ ') }), (text) => {
        const field = fieldOf(text);
        const read = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
        expect(read.replace(/^'/, '')).toBe(text);
        expect(read).not.toMatch(/^[=+\-@|\t\r\n]/);
      }),
    );
  });

  it('numbers stay numbers in CSV, and absent values are empty', () => {
    expect(csvLine(['a', -1, 0, undefined, 'x,"y"'])).toBe('a,-1,0,,"x,""y"""\r\n');
  });

  it.each([
    ['7', '7'],
    ['007', '007'],
    ['-1-A1', "'-1-A1"],
    ['=1', "'=1"],
  ])('a text for programs is only kept from being run: %s', (text, field) => {
    expect(notRun(text)).toBe(field);
  });
});

describe('the name of a file', () => {
  it.each([
    [['premium', 'ada', '2026-01-12'], 'premium-ada-2026-01-12.csv'],
    [['premium', 'auth0|5f', '2026-01-12'], 'premium-auth0_5f-2026-01-12.csv'],
    [['premium', 'urn:li:ada', '2026-01-12'], 'premium-urn_li_ada-2026-01-12.csv'],
    [['premium', '..', '2026-01-12'], 'premium-..-2026-01-12.csv'],
    [['premium', '"\r\nx: /\\', '2026-01-12'], 'premium-___x____-2026-01-12.csv'],
  ])('the file name of %j is %s', (parts, name) => {
    expect(fileNameOf(parts)).toBe(name);
  });
});
