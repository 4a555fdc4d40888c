/** The documents are complete, by the code's own lists. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { EVENTS as ALL_EVENTS } from '../../shared/contract/events.ts';
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { CATALOGUE } from '../../shared/domain/plans.ts';
import { DOCUMENTS, timeOf, withTables } from '../../tools/generate/document-tables.ts';
import { VIEWS } from '../page/views.ts';
import { read } from './documents.ts';

const [API, EVENTS, OPERATIONS, PAGE, RULES, DESIGN] = ['api', 'events', 'operations', 'page', 'rules', 'design'].map(
  (name) => read(`docs/${name}.md`),
);

describe('the generated tables', () => {
  it.each(DOCUMENTS)('the generated tables of %s are those of this code (npm run generate)', (file) => {
    const text = read(file);
    expect(text).toContain('<!-- generated: ');
    expect(withTables(text)).toBe(text);
  });

  it('an unknown generated table is refused', () => {
    expect(() => withTables('<!-- generated: nothing --><!-- end -->')).toThrow('no table is named nothing');
  });
});

describe('docs/api.md', () => {
  it.each(ENDPOINTS)('the document docs/api.md shows $method $path', ({ method, path }) => {
    expect(API).toContain(`| \`${method} ${path}\``);
  });

  it.each(Object.entries(PROBLEMS))(
    'the document docs/api.md shows the problem %s with its status',
    (slug, { status }) => {
      expect(API).toMatch(new RegExp(`^\\|[^|]*\`${slug}\`[^|]*\\| ${status} \\|$`, 'm'));
    },
  );
});

describe('docs/events.md', () => {
  it.each(ALL_EVENTS)('the document docs/events.md describes $type', ({ type }) => {
    expect(EVENTS).toContain(`| \`${type}\` |`);
  });
});

describe('docs/operations.md', () => {
  it.each(SWEEPS)('the document docs/operations.md has the times of $name and its look-back', (sweep) => {
    expect(OPERATIONS).toContain(`| \`${sweep.name}\` | ${timeOf(sweep)} | ${sweep.lookBackHours} h |`);
  });
});

describe('docs/rules.md', () => {
  it.each([...CATALOGUE.values()])('the document docs/rules.md has the plan $plan', ({ plan, title, product }) => {
    expect(RULES).toContain(`| \`${plan}\` | ${title} | ${product} |`);
  });
});

describe('docs/page.md', () => {
  it.each(VIEWS)(
    'the document docs/page.md shows $name in both themes, and describes the pictures',
    ({ name, shows }) => {
      for (const theme of ['light', 'dark']) {
        expect(PAGE).toContain(`"../web/pictures/${name}-${theme}.png"`);
        expect(existsSync(`web/pictures/${name}-${theme}.png`)).toBe(true);
      }
      expect(PAGE).toContain(`alt="${shows}"`);
    },
  );
});

describe('docs/design.md', () => {
  it.each(['pending', 'expired', 'accepted', 'declined', 'replied', 'quick-replied'])(
    'the document docs/design.md draws the state %s',
    (state) => {
      const [, diagram = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(DESIGN ?? '') ?? [];
      expect(diagram).toContain(state);
    },
  );
});

describe('CHANGELOG.md', () => {
  it('the document CHANGELOG.md has a section for unreleased changes, and one for this version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const sections = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(sections.slice(0, 2)).toEqual(['Unreleased', version]);
  });
});
