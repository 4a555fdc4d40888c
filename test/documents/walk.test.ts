/** The walk through of the README, line by line, as printed. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { ENGINE } from '../support/engine.ts';

const README = readFileSync('README.md', 'utf8');
const run = promisify(execFile);

type Step = { readonly command: string; readonly wants: readonly string[] };

/** Commands and their expectations. A command without one runs with the next one that has one. */
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
    system = await startLocalSystem({ engine: ENGINE, dataDir });
  });
  afterAll(async () => {
    await system.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('the walk through works as printed, and leaves clean books', async () => {
    const [, block = ''] = /```sh walk\n([\s\S]*?)```/.exec(README) ?? [];
    const steps = stepsOf(block);
    expect(steps.length).toBeGreaterThan(8);
    const script = steps.map(({ command }) => `${command}echo "=== next"\n`).join('');
    const here = script.replace('API=http://localhost:3000', `API=${system.baseUrl}`);
    const { stdout } = await run('bash', ['-ec', here], { env: { ...process.env, DATA_DIR: dataDir } });
    const outputs = stdout.split('=== next\n');
    for (const [index, { command, wants }] of steps.entries()) {
      for (const want of wants) expect(outputs[index], command).toContain(want);
    }
    expect(audit(await scanBooks(system), RULES)).toEqual([]);
  });
});
