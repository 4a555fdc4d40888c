/** The README is short, and its lists are complete. */
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, read } from './documents.ts';

const README = read('README.md');
const SCRIPTS = Object.keys(JSON.parse(read('package.json')).scripts).sort();

/** Commands of npm itself. */
const NPM = ['ci', 'run', 'install', 'pack', 'sbom'];

/** Commands as code, and not in a sentence about npm. */
function commandsIn(text: string): string[] {
  const named = [...text.matchAll(/(?:`|^|&& |\()npm (?:run )?(?:-s )?([a-z:]+)/gm)].map(([, name]) => name ?? '');
  return [...new Set(named)].filter((name) => !NPM.includes(name)).sort();
}

describe('the README', () => {
  it('the README has at most 150 lines', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('the list of commands names exactly the existing ones, each in one line of a table', () => {
    const rows = [...read('docs/commands.md').matchAll(/^\| `npm (?:run )?([a-z:]+)` \| .+ \|$/gm)];
    expect(rows.map(([, name = '']) => name).sort()).toEqual(SCRIPTS);
  });

  it('the README names only existing commands, and says of each what the list says', () => {
    const rows = [...README.matchAll(/^\| `npm .+ \|$/gm)].map(([row]) => row);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) expect(read('docs/commands.md')).toContain(row);
  });

  it.each(['docs', 'functions', 'shared', 'infra', 'local', 'tools', 'web', 'client', 'events', 'bench', 'test'])(
    'the README has the folder %s in its layout',
    (folder) => {
      const [, layout = ''] = /## Layout\n[\s\S]*?```\n([\s\S]*?)```/.exec(README) ?? [];
      expect(layout).toMatch(new RegExp(`(^| )${folder}/ `, 'm'));
    },
  );

  it.each(['add-a-plan', 'add-a-route', 'add-a-sweep', 'add-an-event'])(
    'the README leads to CONTRIBUTING.md#%s',
    (anchor) => {
      expect(README).toContain(`(CONTRIBUTING.md#${anchor})`);
    },
  );

  it.each(DOCUMENTS.filter(({ file }) => /^docs\/[a-z]+\.md$/.test(file)))('the README leads to $file', ({ file }) => {
    expect(README).toContain(`](${file})`);
  });
});

describe('the documents', () => {
  it('the documents name only commands that exist', () => {
    const unknown = DOCUMENTS.flatMap(({ file, text }) =>
      commandsIn(text)
        .filter((name) => !SCRIPTS.includes(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
