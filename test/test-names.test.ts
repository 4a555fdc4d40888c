/** The name of every test is a sentence with a subject of its own. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readsAlone, testNamesIn } from './support/test-names.ts';

const NAMES = globSync('test/**/*.ts').flatMap((file) =>
  testNamesIn(file, readFileSync(file, 'utf8')).map((name) => ({ file, name })),
);

describe('the names of tests', () => {
  it('the names of all tests are found', () => {
    expect(NAMES.length).toBeGreaterThan(800);
  });

  it('the name of a test can be read alone', () => {
    const bad = NAMES.filter(({ name }) => !readsAlone(name));
    expect(bad.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it.each([
    'is refused',
    'of %s is no event',
    'sends the InMail of the sample',
    'answers 401 without a token',
    'and an accomplice write for a dollar',
    'are, but only once',
  ])('the name "%s" is found to need its describe', (name) => {
    expect(readsAlone(name)).toBe(false);
  });

  it.each([
    'a response on the 90th day returns the credit',
    '$name responds within 10 s',
    '%j is not the id of an InMail',
    'sends, a response and a change of plan leave clean books',
    'status %i is a refusal',
    '80 sends of 50 credits spend each credit once',
  ])('the name "%s" is found to read alone', (name) => {
    expect(readsAlone(name)).toBe(true);
  });

  it.each([
    ["it('a wallet is empty', () => {});", ['a wallet is empty']],
    ["test.skip('a wallet is empty', () => {});", ['a wallet is empty']],
    ["it.each([1, 2])('a wallet of %i', () => {});", ['a wallet of %i']],
    ["it.each<number>(ROWS)('%s is empty', () => {});", ['%s is empty']],
    ["it.concurrent.each(['a', 'is'] as const)('%s is empty', () => {});", ['a is empty', 'is is empty']],
    ["it.each([['of two', 2]])('%s, %i', () => {});", ['of two, %i']],
    ["it.each([{ n: 1, name: 'has two' }])('$name', () => {});", ['has two']],
    [`it(\`\${sweep} is done\`, () => {});`, [`\${sweep} is done`]],
    ["describe('is', () => it('a wallet', () => {}));", ['a wallet']],
    ["exit('is', () => {});", []],
  ])('the names in %s are %j', (text, names) => {
    expect(testNamesIn('some.test.ts', text)).toEqual(names);
  });
});
