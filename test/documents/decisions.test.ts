/** Each decision is one short file, and the index has them all. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, read } from './documents.ts';

const INDEX = read('docs/decisions/README.md');
const DECISIONS = DOCUMENTS.filter(({ file }) => /^docs\/decisions\/\d/.test(file));

it('the decisions are numbered 1, 2, 3 …', () => {
  const numbers = DECISIONS.map(({ file }) => Number(basename(file).slice(0, 4)));
  expect(numbers).toEqual(DECISIONS.map((_, index) => index + 1));
  expect(INDEX.match(/^\| \d+ \|/gm)).toHaveLength(DECISIONS.length);
});

describe.each(DECISIONS)('$file', ({ file, text }) => {
  it(`${file} has What, Why and Consequences, in fewer than 200 words`, () => {
    expect(text).toMatch(/^# \d+\. .+\n\n\*\*What\.\*\* [\s\S]+\n\n\*\*Why\.\*\* [\s\S]+\n\n\*\*Consequences\.\*\* /);
    expect(text.split(/\s+/).length).toBeLessThan(200);
  });

  it(`${file} stands in the index under its number and title`, () => {
    const [, number, title] = /^# (\d+)\. (.+)$/m.exec(text) ?? [];
    expect(INDEX).toContain(`| ${number} | [${title}](${basename(file)}) |`);
  });
});
