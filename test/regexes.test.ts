/**
 * No input can make a pattern slow (ReDoS). This holds for literals, for assembled patterns and for those in the
 * contract.
 */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import openapi from '../openapi.json' with { type: 'json' };

// This comes before the import, because the JavaScript backend needs no Java and no binary of any system.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

type Pattern = { readonly place: string; readonly source: string; readonly flags: string };
type Scan = { readonly literals: readonly Pattern[]; readonly made: number };

/** The literals of a source file, and the number of patterns that it assembles. */
function scan(file: string, text: string): Scan {
  const literals: Pattern[] = [];
  let made = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ place: file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isCall && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') made += 1;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return { literals, made };
}

const scans = globSync('{infra,functions,shared,local,client,web}/**/*.{ts,tsx}')
  .filter((file) => !file.startsWith('web/dist/'))
  .map((file) => ({ file, ...scan(file, readFileSync(file, 'utf8')) }));
const makers = scans.filter(({ made }) => made > 0);

const original = globalThis.RegExp;
const assembled: Pattern[] = [];

/** A file's assembled patterns are known once it is loaded, and the stack tells which file made one. */
globalThis.RegExp = new Proxy(original, {
  construct: (target, args, newTarget) => {
    const made = Reflect.construct(target, args, newTarget);
    const stack = String(new Error('who asks').stack);
    const maker = makers.find(({ file }) => stack.split('\n')[2]?.includes(resolve(file)));
    if (maker) assembled.push({ place: maker.file, source: made.source, flags: made.flags });
    return made;
  },
});
afterAll(() => {
  globalThis.RegExp = original;
});
// The address is another one, because other tests of this process may have loaded the files already.
for (const { file } of makers) await import(`${resolve(file)}?again`);
globalThis.RegExp = original;

const inContract = [...JSON.stringify(openapi).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, json = '']) => {
  return { place: 'openapi.json', source: JSON.parse(json) as string, flags: '' };
});

const all = [...scans.flatMap(({ literals }) => literals), ...assembled, ...inContract];
const distinct = [...new Map(all.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern])).entries()];

describe('patterns', () => {
  it('the search finds patterns in files that have some', () => {
    expect(scans.flatMap(({ literals }) => literals).length).toBeGreaterThan(30);
    expect(inContract.length).toBeGreaterThan(5);
    for (const { file, made } of makers) {
      expect([file, assembled.filter(({ place }) => place === file).length]).toEqual([
        file,
        expect.toSatisfy((found: number) => found >= made),
      ]);
    }
  });

  it.each(distinct)('the pattern %s cannot be made slow', (_, { place, source, flags }) => {
    expect([place, checkSync(source, flags).status]).toEqual([place, 'safe']);
  });

  it.each(['^(a+)+$', '^(\\w+\\s?)*$', '(.*)=(.*)=(.*)=x$'])('the slow pattern /%s/ would be found', (source) => {
    expect(scan('planted.ts', `export const PLANTED = /${source}/;`).literals).toMatchObject([{ source }]);
    expect(checkSync(source, '').status).toBe('vulnerable');
  });
});
