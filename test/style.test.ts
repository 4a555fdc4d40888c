/** Rules of this house that no linter knows. The test of each rule lists the files that break it. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

type Source = { readonly file: string; readonly text: string };

/** Files that one of our commands writes. */
const IS_MADE = /^(web\/dist\/|client\/dist\/|client\/api\.ts$)/;

const sources = (pattern: string): Source[] =>
  globSync(pattern)
    .filter((file) => !IS_MADE.test(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const PRODUCT = sources('{infra,functions,shared,local,tools,client,bench,web}/**/*.{ts,tsx}');
const ALL = [...PRODUCT, ...sources('test/**/*.ts')];
const PURE = PRODUCT.filter(({ file }) => /^(shared\/(domain|store)|functions)\//.test(file));

/** The files that match, each with its first match. */
const found = (among: readonly Source[], pattern: RegExp): string[] =>
  among.flatMap(({ file, text }) => {
    const match = pattern.exec(text);
    return match ? [`${file}: ${match[0]}`] : [];
  });

describe('the house', () => {
  it('the house has files to look at', () => {
    expect(PURE.length).toBeGreaterThan(50);
    expect(PRODUCT.length).toBeGreaterThan(250);
    expect(ALL.length).toBeGreaterThan(PRODUCT.length + 100);
  });

  it('domain, store and functions take time, chance and environment from their caller', () => {
    // Arithmetic on a given instant is no clock. Only a Date without argument, or Date.now, reads one.
    const reads = /Date\.now\(|new (UTC)?Date\(\)|Math\.random|randomUUID|process\.env|performance\.now/;
    expect(found(PURE, reads)).toEqual([]);
  });

  it('a module that goes into a bundle does nothing at import, so package.json lets bundlers leave it out', () => {
    const bundled = PRODUCT.filter(({ file }) => /^(shared|functions)\//.test(file));
    expect(found(bundled, /^(import '|await |new |[a-z][\w.]*\()/m)).toEqual([]);
    const others = new Set(
      ALL.map(({ file }) => file.split('/')[0]).filter((folder) => !/^(shared|functions)$/.test(`${folder}`)),
    );
    expect(packageJson.sideEffects).toEqual([...others].sort().map((folder) => `${folder}/**`));
  });

  it('a file has at most 250 lines, and a test at most 400', () => {
    // A suite that every store runs, and the suites of tables, are lists that a reader scans by their headings.
    const linesIn = ({ text }: Source) => text.split('\n').length;
    const long = ALL.filter((source) => linesIn(source) > (source.file.startsWith('test/') ? 400 : 250));
    expect(long.map((source) => `${source.file}: ${linesIn(source)}`)).toEqual([]);
  });

  it('a file is named after an act or a thing', () => {
    const names = ALL.map(({ file }) => file);
    const odd = names.filter(
      (file) => !/^[a-z0-9/.-]+$/.test(file) || /\b(utils?|helpers?|common|misc|types)\b/.test(file),
    );
    expect(odd).toEqual([]);
  });

  it('the product leaves nothing for later', () => {
    expect(found(PRODUCT, /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|expect-error|nocheck)|biome-ignore/)).toEqual([]);
  });
});
