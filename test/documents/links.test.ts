/** Every target of the documents exists. */
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, codeIn, DOCUMENTS, read, targetsOf } from './documents.ts';

/** Undefined if the target exists. */
function faultOf(file: string, target: string): string | undefined {
  if (/^https?:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? file : join(dirname(file), path);
  if (!existsSync(place)) return `${target}: no such file`;
  if (anchor === undefined || !place.endsWith('.md')) return undefined;
  return anchorsOf(read(place)).includes(anchor) ? undefined : `${target}: no such heading`;
}

/** Paths of this repository, with `<name>` for any name. Other paths in backticks belong to other places. */
const FOLDERS = 'docs|infra|functions|shared|local|tools|web|client|events|bench|test|\\.ci|\\.github';
const PATH = new RegExp(`^(?:(?:${FOLDERS})(?:/[\\w.<>*-]+)+/?|\\.(?:nvmrc|editorconfig)|[\\w-]+\\.test\\.ts)$`);

/** A name without a folder is the name of a test, wherever it stands. */
const isThere = (path: string): boolean =>
  globSync(path.replaceAll(/<\w+>/g, '*')).length > 0 ||
  (!path.includes('/') && globSync(`test/**/${path}`).length > 0);

describe('the documents', () => {
  it('the documents link only to existing files and headings', () => {
    const faults = DOCUMENTS.flatMap(({ file, text }) =>
      targetsOf(text)
        .flatMap((target) => faultOf(file, target) ?? [])
        .map((fault) => `${file}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('the documents name only existing files and folders', () => {
    const missing = DOCUMENTS.flatMap(({ file, text }) =>
      codeIn(text)
        .filter((code) => PATH.test(code) && !isThere(code))
        .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the check of links', () => {
  it.each([
    ['docs/rules.md', undefined],
    ['docs/rules.md#r8-refusals', undefined],
    ['#commands', undefined],
    ['https://example.org', undefined],
    ['docs/roles.md', 'docs/roles.md: no such file'],
    ['docs/rules.md#r99-nothing', 'docs/rules.md#r99-nothing: no such heading'],
    ['#nothing', '#nothing: no such heading'],
  ])('the check of the link %s in the README finds: %s', (target, fault) => {
    expect(faultOf('README.md', target)).toBe(fault);
  });

  it.each([
    ['docs/rules.md', true],
    ['events/<type>.schema.json', true],
    ['shared/domain/nothing.ts', false],
    ['docs/nothing', false],
  ])('the check of the path %s finds that it exists: %s', (path, there) => {
    expect([PATH.test(path), isThere(path)]).toEqual([true, there]);
  });
});

describe('the list of folders in docs/design.md', () => {
  const [, layout = ''] = /## Layout\n[\s\S]*?```\n([\s\S]*?)```/.exec(read('docs/design.md')) ?? [];
  const lines = [...layout.matchAll(/^( *)([a-z]+)\//gm)];

  it('the layout in docs/design.md names only existing folders', () => {
    expect(lines.length).toBeGreaterThan(20);
    let above = '';
    const missing = lines.flatMap(([, indent = '', folder = '']) => {
      const path = indent === '' ? folder : `${above}/${folder}`;
      if (indent === '') above = folder;
      return existsSync(path) ? [] : [path];
    });
    expect(missing).toEqual([]);
  });
});
