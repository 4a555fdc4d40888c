/** `npm start` and `npm run token` as a user runs them. They are real processes, killed in every way. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-start-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function run(file: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', `tools/${file}.ts`, ...args], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const ended = new Promise<Ended>((end) => {
    child.once('close', (code) => {
      running.delete(child);
      end({ code, ...text });
    });
  });
  return { child, text, ended };
}

/** Starts on any free port, and waits until the program prints its address. */
async function start(dataDir: string) {
  const { child, text, ended } = run('start', [], { PORT: '0', DATA_DIR: dataDir });
  await vi.waitFor(() => expect(text.out + text.err).toContain('Ctrl-C'), { timeout: 30_000 });
  return { child, ended, text, baseUrl: /http:\/\/127\.0\.0\.1:\d+/.exec(text.out)?.[0] ?? '' };
}

/**
 * The processes of a state folder's tables. Ended processes that still have a parent are listed without their
 * arguments.
 */
const tablesOf = (dataDir: string): string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('java') && line.includes(join(dataDir, 'dynamodb')));

const expectNoTables = (dataDir: string) => vi.waitFor(() => expect(tablesOf(dataDir)).toEqual([]), { timeout: 5_000 });

async function tokenFor(dataDir: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await run('token', args, { DATA_DIR: dataDir }).ended;
  expect([code, err]).toEqual([0, '']);
  return out.trim();
}

function folder(name: string, files: Record<string, string> = {}): string {
  const path = join(scratch, name);
  mkdirSync(join(path, 'dynamodb'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

describe('npm start', () => {
  it('npm start serves its own example, survives a kill, and ends with 0 and nothing left on Ctrl-C', async () => {
    const dataDir = folder('life');
    const first = await start(dataDir);
    expect(tablesOf(dataDir)).toHaveLength(1);
    expect(first.text.out).toContain(`${first.baseUrl}/v1/members/ada/subscriptions/premium`);
    const authorization = `Bearer ${await tokenFor(dataDir, 'ada', 'billing')}`;
    const json = { authorization, 'content-type': 'application/json' };
    const subscribed = await fetch(`${first.baseUrl}/v1/members/ada/subscriptions/premium`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ plan: 'premium-career' }),
    });
    expect(subscribed.status).toBe(200);
    const letter = { product: 'premium', recipientId: 'bob', subject: 'Hi', body: 'Hello' };
    const send = (baseUrl: string) =>
      fetch(`${baseUrl}/v1/inmails`, {
        method: 'POST',
        headers: { ...json, 'idempotency-key': 'k' },
        body: JSON.stringify(letter),
      });
    const sent = await send(first.baseUrl);
    const text = await sent.text();
    expect(sent.status).toBe(201);

    const second = await run('start', [], { PORT: '0', DATA_DIR: dataDir }).ended;
    expect([second.code, second.out]).toEqual([2, '']);
    expect(second.err).toMatch(/^start: the state folder \S+ is used by another local system: .*\n$/);

    first.child.kill('SIGKILL');
    await first.ended;
    await expectNoTables(dataDir);

    const third = await start(dataDir);
    const again = await send(third.baseUrl);
    expect([again.status, await again.text()]).toEqual([201, text]);
    third.child.kill('SIGINT');
    third.child.kill('SIGINT');
    expect(await third.ended).toMatchObject({ code: 0, err: '' });
    await expectNoTables(dataDir);
  });

  it('npm start ends with one line and 2 when its tables end', async () => {
    const dataDir = folder('broken');
    const { ended } = await start(dataDir);
    const pids = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
    const java = pids.find((line) => /^ *\d+ java/.test(line) && line.includes(join(dataDir, 'dynamodb')));
    process.kill(Number.parseInt(java ?? '', 10), 'SIGKILL');
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

describe('failing starts', () => {
  const old = 'echo "Error: java.lang.UnsupportedClassVersionError: file version 61.0" >&2; exit 1';
  const broken = 'echo "Boom" >&2; echo "at somewhere" >&2; exit 3';

  it.concurrent.each<[string, (name: string) => Record<string, string>, RegExp]>([
    ['no java', () => ({ PATH: scratch }), /needs Java 17 or newer, and no java is installed/],
    ['an old java', () => javaThat('old-java', old), /needs Java 17 or newer, and the installed java is older/],
    ['a java that ends', () => javaThat('broken-java', broken), /DynamoDB Local cannot start: exit code 3: Boom/],
    ['an invalid PORT', () => ({ PORT: '65536' }), /PORT has to be a number from 0 to 65535, and is "65536"/],
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
    const { code, out, err } = await run('start', [], { PORT: '0', DATA_DIR: dataDir, ...environment(name) }).ended;
    expect(err).toMatch(expected);
    expect(err).toMatch(/^start: [^\n]+\n$/);
    expect([code, out]).toEqual([2, '']);
    expect(tablesOf(dataDir)).toEqual([]);
  });

  it('npm start fails with one line and leaves nothing running: a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await vi.waitFor(() => expect(other.address()).not.toBeNull());
    const { port } = other.address() as { port: number };
    const { code, out, err } = await run('start', [], { PORT: String(port), DATA_DIR: folder('busy') }).ended;
    other.close();
    expect([code, out, err]).toEqual([
      2,
      '',
      `start: port ${port} is in use: set PORT to another one, or to 0 for any\n`,
    ]);
  });
});

describe('npm run token', () => {
  it.concurrent.each<[string, string[], RegExp]>([
    ['no member', [], /^token: name a member/],
    ['no member id', ['ada lovelace'], /^token: not a member id: ada lovelace/],
    ['an unknown scope', ['ada', 'admin'], /^token: unknown scope: admin \(there are billing and support\)/],
  ])('npm run token refuses %s in one line', async (_, args, expected) => {
    const { code, out, err } = await run('token', args, { DATA_DIR: join(scratch, 'tokens') }).ended;
    expect(err).toMatch(expected);
    expect(err.split('\n')).toHaveLength(2);
    expect([code, out]).toEqual([2, '']);
  });

  it('npm run token prints a token and nothing else, or its usage', async () => {
    expect(await tokenFor(join(scratch, 'tokens'), 'ada', 'billing', 'support')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await tokenFor(join(scratch, 'tokens'), '--help')).toMatch(/^Usage: npm run -s token -- MEMBER/);
  });
});
