import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../local/system.ts';
import { ENDPOINTS } from '../shared/contract/endpoints.ts';
import { domainEvent } from '../shared/contract/events.ts';
import { SWEEPS } from '../shared/contract/sweeps.ts';
import { audit } from '../shared/domain/audit.ts';
import { RULES } from '../shared/domain/rules.ts';
import { scanBooks } from '../shared/store/books.ts';
import { VIEWS } from './page/views.ts';

const README = readFileSync('README.md', 'utf8');
const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8'));
const run = promisify(execFile);

type Step = { readonly command: string; readonly wants: readonly string[] };

/** Commands and what is expected of each; those without an expectation run with the next one that has one. */
function stepsOf(block: string): Step[] {
  const steps: Step[] = [];
  let command = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('#> ')) {
      steps.push({ command, wants: line.slice(3).split(' ') });
      command = '';
    } else if (!line.startsWith('#')) {
      command += `${line}\n`;
    }
  }
  return steps;
}

describe('the walk through of the README', () => {
  let system: LocalSystem;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'walk-'));
    system = await startLocalSystem({ dataDir });
  });
  afterAll(async () => {
    await system.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('works as printed, and leaves clean books', async () => {
    const [, block = ''] = /```sh walk\n([\s\S]*?)```/.exec(README) ?? [];
    const steps = stepsOf(block);
    expect(steps.length).toBeGreaterThan(8);
    const script = steps.map(({ command }) => `${command}echo "=== next"\n`).join('');
    const here = script.replace('API=http://localhost:3000', `API=${system.baseUrl}`);
    const { stdout } = await run('bash', ['-ec', here], { env: { ...process.env, DATA_DIR: dataDir } });
    const answers = stdout.split('=== next\n');
    for (const [index, { command, wants }] of steps.entries()) {
      for (const want of wants) expect(answers[index], command).toContain(want);
    }
    expect(audit(await scanBooks(system), RULES)).toEqual([]);
  });
});

describe('the README', () => {
  it('names every command there is, and no other', () => {
    // As code, and not in a sentence about npm.
    const code = /(?:`|^|&& |\()npm (?:run )?(?:-s )?([a-z:]+)/gm;
    const named = [...README.matchAll(code)].map(([, name]) => name ?? '');
    const commands = new Set(named.filter((name) => !['ci', 'run', 'install', 'sbom'].includes(name)));
    expect([...commands].sort()).toEqual(Object.keys(MANIFEST.scripts).sort());
  });

  it('names the folders there are', () => {
    const [, layout = ''] = /## Layout\n[\s\S]*?```\n([\s\S]*?)```/.exec(README) ?? [];
    const folders = [...layout.matchAll(/^ *([a-z]+)\//gm)].map(([, folder]) => folder ?? '');
    expect(folders.length).toBeGreaterThan(7);
    for (const folder of folders) {
      expect([folder, existsSync(folder) || globSync(`*/${folder}`).length > 0]).toEqual([folder, true]);
    }
  });

  it.each(domainEvent.options.map(({ shape }) => shape.type.value))('tells of the event %s', (type) => {
    expect(README).toContain(`\`${type}\``);
  });

  it.each(ENDPOINTS)('shows $method $path', ({ method, path }) => {
    expect(README).toContain(`| \`${method} ${path}\``);
  });

  it.each(SWEEPS)('says when $name runs', ({ name, at, lookBackHours }) => {
    const two = (part: number) => String(part).padStart(2, '0');
    const time = 'everyMinutes' in at ? `every ${at.everyMinutes} minutes` : `${two(at.hour)}:${two(at.minute)}`;
    expect(README).toContain(`| \`${name}\` | ${time} | ${lookBackHours} h |`);
  });

  it.each(VIEWS)('shows $name in both themes, and says what is to be seen', ({ name, shows }) => {
    const pictures = [`web/pictures/${name}-light.png`, `web/pictures/${name}-dark.png`];
    for (const picture of pictures) {
      expect(README).toContain(`"${picture}"`);
      expect(existsSync(picture)).toBe(true);
    }
    expect(README).toContain(`alt="${shows}"`);
  });

  it.each(['pending', 'expired', 'accepted', 'declined', 'replied', 'quick-replied'])('draws the state %s', (state) => {
    const [, diagram = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(README) ?? [];
    expect(diagram).toContain(state);
  });
});
