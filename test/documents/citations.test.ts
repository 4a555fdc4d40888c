/** Every citation in code, tests and documents has a definition in a file of the repository, and only one. */
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, type Document, read, SOURCES } from './documents.ts';

const RULES = read('docs/rules.md');

const namesIn = (text: string, definition: RegExp): string[] =>
  [...text.matchAll(definition)].map(([, name = '']) => name);
const upTo = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

const rules = namesIn(RULES, /^### (R\d+) /gm);
const invariants = namesIn(read('docs/reliability.md'), /\*\*(I\d+)\*\*/g);
const faults = namesIn(read('docs/reliability.md'), /^\| (F\d+) \|/gm);

/** `file: R99` for each citation of a rule or an invariant that no document defines. */
function undefinedIn({ file, text }: Document): string[] {
  const cited = new Set(namesIn(text, /(?<![\w"'#])([RI][1-9]\d?)(?![\w"'])/g));
  return [...cited].filter((name) => ![...rules, ...invariants].includes(name)).map((name) => `${file}: ${name}`);
}

/** Documents link to each other. Code names them from the root. */
function misplacedIn({ file, text }: Document): string[] {
  const cited = text.match(/(?<!docs\/)\b(?:rules|design|reliability)\.md\b|\b(?:engineering|style)\.md\b/g) ?? [];
  return cited.map((name) => `${file}: ${name}`);
}

/** This file has to name what it looks for. */
const CODE = SOURCES.filter(({ file }) => file !== 'test/documents/citations.test.ts');

describe('the rules', () => {
  it('the rules are R1 to R22, each once', () => {
    expect(rules).toEqual(upTo('R', 22));
  });

  it.each(rules)('the rule %s has an example, or says that it is not built', (rule) => {
    const [, section = ''] = new RegExp(`^### ${rule} ([\\s\\S]*?)(?=^##)`, 'm').exec(RULES) ?? [];
    expect(section).toMatch(Number(rule.slice(1)) <= 17 ? /^\*Example\.\*/m : /^\*Planned, not built yet\.\*/m);
  });
});

describe('the invariants and the faults', () => {
  it('the invariants are I1 to I27 and the faults F1 to F19, each once', () => {
    expect(invariants.toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1)))).toEqual(upTo('I', 27));
    expect(faults).toEqual(upTo('F', 19));
  });
});

describe('a citation', () => {
  it('every citation is of a rule or an invariant that a document defines', () => {
    expect(CODE.length).toBeGreaterThan(300);
    expect([...CODE, ...DOCUMENTS].flatMap(undefinedIn)).toEqual([]);
  });

  it('every citation of a document has its path', () => {
    expect(CODE.flatMap(misplacedIn)).toEqual([]);
  });

  it.each([
    ['as R13 and I9 say', [], []],
    ['as R99 and I40 say', ['a.ts: R99', 'a.ts: I40'], []],
    ['docs/rules.md, Plans', [], []],
    ['rules.md, Plans; engineering.md', [], ['a.ts: rules.md', 'a.ts: engineering.md']],
  ])('the citations in %j are checked', (text, unwritten, misplaced) => {
    expect([undefinedIn({ file: 'a.ts', text }), misplacedIn({ file: 'a.ts', text })]).toEqual([unwritten, misplaced]);
  });
});
