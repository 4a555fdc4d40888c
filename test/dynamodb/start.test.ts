/** `npm start -- --engine dynamodb` as a user runs it, with Java, without it, and with a Java that fails. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { killCommands, runCommand, startCommand } from '../support/command.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-java-'));
afterAll(() => {
  killCommands();
  rmSync(scratch, { recursive: true });
});

function folder(name: string, files: Record<string, string> = {}): string {
  const path = join(scratch, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

/**
 * The processes of a state folder's tables. Ended processes that still have a parent are listed without their
 * arguments.
 */
const tablesOf = (dataDir: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^ *\d+ java/.test(line) && line.includes(join(dataDir, 'dynamodb')));

const expectNoTables = (dataDir: string) => vi.waitFor(() => expect(tablesOf(dataDir)).toEqual([]), { timeout: 5_000 });

describe.skipIf(!HAS_JAVA)(`npm start on DynamoDB Local ${NEEDS_JAVA}`, () => {
  it.concurrent.each([
    ['killed', 'SIGKILL', null],
    ['stopped', 'SIGINT', 0],
  ] as const)('a system leaves no Java behind when it is %s', async (name, signal, code) => {
    const dataDir = folder(name);
    const { child, ended } = await startCommand(dataDir, '--engine', 'dynamodb');
    expect(tablesOf(dataDir)).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toMatchObject({ code, err: '' });
    await expectNoTables(dataDir);
  });

  it('npm start ends with one line and 2 when its tables end', async () => {
    const dataDir = folder('broken');
    const { ended } = await startCommand(dataDir, '--engine', 'dynamodb');
    const [java = ''] = tablesOf(dataDir);
    process.kill(Number.parseInt(java, 10), 'SIGKILL');
    expect(await ended).toMatchObject({ code: 2, err: 'start: DynamoDB Local ended (SIGKILL): start again\n' });
  });
});

/** A `java` that runs the script. */
function javaThat(name: string, script: string): Record<string, string> {
  const bin = join(scratch, name);
  mkdirSync(bin);
  writeFileSync(join(bin, 'java'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'java'), 0o755);
  return { PATH: `${bin}:/bin:/usr/bin` };
}

describe('failing starts on DynamoDB Local', () => {
  const old = 'echo "Error: java.lang.UnsupportedClassVersionError: file version 61.0" >&2; exit 1';
  const broken = 'echo "Boom" >&2; echo "at somewhere" >&2; exit 3';

  it.concurrent.each<[string, (name: string) => Record<string, string>, RegExp]>([
    ['no java', () => ({ PATH: scratch }), /needs Java 17 or newer, and no java is installed/],
    ['an old java', () => javaThat('old-java', old), /needs Java 17 or newer, and the installed java is older/],
    ['a java that ends', () => javaThat('broken-java', broken), /DynamoDB Local cannot start: exit code 3: Boom/],
    [
      'damaged tables',
      (name) => {
        const accessKeyId = '0123456789abcdef'.repeat(2);
        const tables = { [`dynamodb/${accessKeyId}_local.db`]: 'x'.repeat(9_000) };
        return { DATA_DIR: folder(name, { 'tables-key.json': JSON.stringify({ accessKeyId }), ...tables }) };
      },
      /the tables in .+ are damaged/,
    ],
  ])('npm start fails with one line and leaves nothing running: %s', async (name, environment, expected) => {
    const dataDir = join(scratch, name);
    const env = { PORT: '0', DATA_DIR: dataDir, ENGINE: 'dynamodb', ...environment(name) };
    const { code, out, err } = await runCommand('start', [], env).ended;
    expect(err).toMatch(expected);
    expect(err).toMatch(/^start: [^\n]+\n$/);
    expect([code, out]).toEqual([2, '']);
    expect(tablesOf(dataDir)).toEqual([]);
  });
});
