/** Every command of docs/recovery.md can be typed as it stands, and every alarm leads to a section that names it. */
import { describe, expect, it } from 'vitest';
import { WATCHED } from '../../infra/watch/alarms/alarms.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { OPTIONS as AUDIT } from '../../tools/audit/options.ts';
import { type OptionTable, readArguments } from '../../tools/options.ts';
import { OPTIONS as REDRIVE } from '../../tools/redrive/options.ts';
import { OPTIONS as REPORT } from '../../tools/report/options.ts';
import { OPTIONS as REPUBLISH } from '../../tools/republish/options.ts';
import { OPTIONS as RESTORE } from '../../tools/restore/options.ts';
import { OPTIONS as SWEEP } from '../../tools/sweep/options.ts';
import { anchorsOf, read } from './documents.ts';

const TEXT = read('docs/recovery.md');
const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;

/** The commands that take options, by the names of their scripts. */
const TABLES: Readonly<Record<string, OptionTable>> = {
  audit: AUDIT,
  redrive: REDRIVE,
  'report:renewals': REPORT,
  republish: REPUBLISH,
  restore: RESTORE,
  snapshot: {},
  start: {},
  sweep: SWEEP,
};

/** The lines of all blocks, without the variables ahead of a command. */
const LINES = [...TEXT.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .map((line) => line.replace(/^(?:[A-Z_]+=\S+ )+/, ''));

const partsOf = (line: string) => {
  const [, script = '', options = ''] = /^npm (?:run )?(?:-s )?([a-z:]+)(?: -- (.+))?$/.exec(line) ?? [];
  return { script, args: options === '' ? [] : options.split(' ') };
};

/** The sections by their anchors. */
/** The alarms of a sweep's queue have a section together. */
const OF_A_QUEUE = new RegExp(`^(listings|${SWEEPS.map(({ name }) => name).join('|')})(-.+)$`);

const SECTIONS = new Map(
  TEXT.split(/^## /m)
    .slice(1)
    .map((section) => [anchorsOf(`## ${section}`)[0] ?? '', section]),
);

describe('docs/recovery.md', () => {
  it('the runbooks have commands', () => {
    expect(LINES.length).toBeGreaterThan(20);
    const used = new Set(LINES.map((line) => partsOf(line).script));
    expect([...used].sort()).toEqual(Object.keys(TABLES).sort());
  });

  it.each([...new Set(LINES)])('the command "%s" exists and takes these options', (line) => {
    const { script, args } = partsOf(line);
    expect([script, SCRIPTS[script] !== undefined]).toEqual([script, true]);
    expect(readArguments(TABLES[script] ?? expect.fail(line), args)).toBeDefined();
  });

  it.each([...new Set([...TEXT.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option))])(
    'the option %s in the runbooks is one of theirs',
    (option) => {
      const names = Object.values(TABLES).flatMap((table) => Object.keys(table));
      const typed = names.map((name) => `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`);
      expect([...typed, '--max-old-space-size']).toContain(option);
    },
  );

  it.each(WATCHED.map(({ name, runbook }) => [name, runbook] as const))(
    'the alarm %s has a section of the runbooks, which names its like',
    (name, runbook) => {
      const section = SECTIONS.get(runbook) ?? expect.fail(`no section ${runbook}`);
      const [, , like = name] = OF_A_QUEUE.exec(name) ?? [];
      expect(section).toContain(like);
    },
  );

  it.each([...SECTIONS])('the section %s says how one notices, what to do, and when it is over', (_, section) => {
    const found = [...section.matchAll(/^\*\*(Notice|Do|Over)\b/gm)].map(([, word]) => word);
    expect(found).toEqual(['Notice', 'Do', 'Over']);
  });
});
