/** The countable part of the house's English, in comments and in documents. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breaches, RULES, type Rule, type Sentence, sentencesOfCode, sentencesOfDocument } from './support/prose.ts';

/** The folders of product code. */
const FOLDERS = ['shared', 'functions', 'infra', 'local', 'client', 'web', 'tools', 'bench'];
const DOCUMENTS = ['*.md', 'client/*.md', 'docs/**/*.md'];

const NAMES = Object.keys(RULES) as Rule[];

type Text = { readonly file: string; readonly sentences: readonly Sentence[] };

const textsIn = (patterns: readonly string[], sentencesIn: (file: string, text: string) => Sentence[]): Text[] =>
  globSync(patterns, { exclude: ['**/node_modules/**', '**/dist/**'] })
    .sort()
    .map((file) => ({ file, sentences: sentencesIn(file, readFileSync(file, 'utf8')) }));

const found = (rule: Rule, texts: readonly Text[]): string[] =>
  texts.flatMap(({ file, sentences }) => breaches(rule, file, sentences));

describe('the comments', () => {
  const texts = textsIn(
    FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx}`),
    sentencesOfCode,
  );

  it.each(FOLDERS)('the comments in %s are read', (folder) => {
    const own = texts.filter(({ file }) => file.startsWith(`${folder}/`));
    expect(own.flatMap(({ sentences }) => sentences).length).toBeGreaterThan(20);
  });

  it.each(NAMES)('%s', (rule) => {
    expect(found(rule, texts)).toEqual([]);
  });
});

describe('the documents', () => {
  const texts = textsIn(DOCUMENTS, (_, text) => sentencesOfDocument(text));

  it('the documents are read', () => {
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.flatMap(({ sentences }) => sentences).length).toBeGreaterThan(1_000);
  });

  it.each(NAMES)('%s', (rule) => {
    expect(found(rule, texts)).toEqual([]);
  });
});

const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

/** The rules that a comment breaks. */
const brokenBy = (comment: string): Rule[] => {
  const sentences = sentencesOfCode('a.tsx', comment);
  return NAMES.filter((rule) => breaches(rule, 'a.tsx', sentences).length > 0);
};

describe('a sentence', () => {
  it.each([
    [`has 25 words`, `${words(25)}.`],
    ['has 25 words on both sides of a stop', `${words(25)}. Then ${words(24)}.`],
    ['has figures and signs besides', `${words(25)} 6 × 10 = 60, 1,900 → 7.6.`],
    ['has code besides', `${words(24)} \`${words(9)}\`.`],
    ['has an address besides', `${words(24)} https://example.com/a-b;c=d.`],
    ['cites a rule first', `R2, R6: ${words(25)}.`],
    ['ends with a list of short items', `${words(20)}: one of them, two, three, four, five, six and seven.`],
    ['has a semicolon in code', 'It prints `a; b`.'],
    ['asks', 'Where does it begin?'],
    ['has a forbidden opening further in', 'It knows who calls, what and where.'],
    ['is near to a forbidden word', 'Anybody may see the whole, whatever it is.'],
  ])('a text that %s is plain', (_, text) => {
    expect(brokenBy(`/** ${text} */`)).toEqual([]);
  });

  it.each<[string, Rule, string]>([
    ['has 26 words', 'at most 25 words', `${words(26)}.`],
    ['has 26 words after a short one', 'at most 25 words', `It is. Then ${words(25)}.`],
    ['has 26 words across an abbreviation', 'at most 25 words', `${words(19)}, e.g. A ${words(5)}.`],
    ['has 26 words and short items without a colon', 'at most 25 words', `${words(20)}, b, c, d, e, f, g.`],
    [
      'has 26 words in a list of long items',
      'at most 25 words',
      `It is: ${words(7)}, ${words(7)}, ${words(7)}, ${words(7)}.`,
    ],
    ['has a semicolon', 'no semicolon', 'It ends; it begins.'],
    ['opens with a headless relative', 'opens with its subject', 'What a browser shows is a page.'],
    ['opens with one after a citation', 'opens with its subject', 'R13: whose credit came back.'],
    ['opens with one further on', 'opens with its subject', 'It is there. Where it is not, it fails.'],
    ['has a stiff word', 'plain words', 'Two of them, the last of which is new.'],
  ])('a text that %s is found', (_, rule, text) => {
    expect(brokenBy(`/** ${text} */`)).toEqual([rule]);
  });
});

describe('a comment', () => {
  const semicolonsIn = (code: string): string[] => breaches('no semicolon', 'a.tsx', sentencesOfCode('a.tsx', code));

  it.each([
    ['a semicolon in a block', '\n/**\n * One.\n *\n * Two\n * a; b. Three.\n */', 'a.tsx:5: Two a; b.'],
    ['a semicolon on a line', 'const a = 1; // A; b.', 'a.tsx:1: A; b.'],
    ['a semicolon on two lines', '// One\n// is; two.\nconst a = 1;', 'a.tsx:1: One is; two.'],
    ['a semicolon after another', '// One.\n\n// A; b.', 'a.tsx:3: A; b.'],
    ['a semicolon in JSX', 'const a = (\n  <b>\n    {/* A; b. */}\n  </b>\n);', 'a.tsx:3: A; b.'],
    ['a semicolon in a list', '/**\n * They are:\n * - One\n * - Two; three\n */', 'a.tsx:4: Two; three'],
    ['a semicolon with a tag', '/**\n * One\n * @description Two; three\n */', 'a.tsx:3: Two; three'],
  ])('%s is found at its line', (_, code, breach) => {
    expect(semicolonsIn(code)).toEqual([breach]);
  });

  it.each([
    ['a text', "const a = '// b; c';"],
    ['a template', 'const a = `/* b; c */`;'],
    ['a pattern', 'const a = /\\/* b; c/;'],
    ['markup', 'const a = <b>// c; d</b>;'],
    ['a directive', '/* @__PURE__; */\n/// <reference types="a;b" />'],
  ])('no sentence is seen in %s', (_, code) => {
    expect(semicolonsIn(code)).toEqual([]);
  });
});

describe('a document', () => {
  const document = [
    '# What it is; was',
    'One; [two](https://example.com/;)',
    'and three. [S1; order D]',
    '```ts',
    'const a = 1;',
    '```',
    '| a; b | c |',
    '<b title="a; b">Four</b> &amp; five.',
    '- Six; seven',
    '',
    '> Eight; nine.',
  ].join('\n');

  it('a document is read without headings, code, tables and markup', () => {
    expect(breaches('no semicolon', 'a.md', sentencesOfDocument(document))).toEqual([
      'a.md:2: One; two and three.',
      'a.md:9: Six; seven',
      'a.md:11: Eight; nine.',
    ]);
    expect(breaches('opens with its subject', 'a.md', sentencesOfDocument(document))).toEqual([]);
  });
});
