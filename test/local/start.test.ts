/** `npm start` and `npm run token` as a user runs them. They are real processes, killed in every way. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Ended, killCommands, runCommand, startCommand } from '../support/command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-start-'));
afterAll(() => {
  killCommands();
  rmSync(scratch, { recursive: true });
});

async function tokenFor(dataDir: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await runCommand('token', args, { DATA_DIR: dataDir }).ended;
  expect([code, err]).toEqual([0, '']);
  return out.trim();
}

function expectOneLine({ code, out, err }: Ended, expected: RegExp): void {
  expect(err).toMatch(expected);
  expect(err).toMatch(/^start: [^\n]+\n$/);
  expect([code, out]).toEqual([2, '']);
}

describe('npm start', () => {
  it('npm start serves its own example, survives a kill, and ends with 0 on Ctrl-C', async () => {
    const dataDir = join(scratch, 'life');
    const first = await startCommand(dataDir);
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

    const second = await runCommand('start', [], { PORT: '0', DATA_DIR: dataDir }).ended;
    expectOneLine(second, /^start: the state folder \S+ is used by another local system: .*\n$/);

    first.child.kill('SIGKILL');
    await first.ended;

    const third = await startCommand(dataDir);
    const again = await send(third.baseUrl);
    expect([again.status, await again.text()]).toEqual([201, text]);
    third.child.kill('SIGINT');
    third.child.kill('SIGINT');
    expect(await third.ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('failing starts', () => {
  it.concurrent.each<[string, string[], Record<string, string>, RegExp]>([
    ['an invalid PORT', [], { PORT: '65536' }, /PORT has to be a number from 0 to 65535, and is "65536"/],
    ['an unknown ENGINE', [], { ENGINE: 'oracle' }, /ENGINE has to be sqlite or dynamodb, and is "oracle"/],
  ])('npm start fails with one line: %s', async (name, args, env, expected) => {
    const ended = await runCommand('start', args, { PORT: '0', DATA_DIR: join(scratch, name), ...env }).ended;
    expectOneLine(ended, expected);
  });

  it('npm start fails with one line: a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await vi.waitFor(() => expect(other.address()).not.toBeNull());
    const { port } = other.address() as { port: number };
    const ended = await runCommand('start', [], { PORT: String(port), DATA_DIR: join(scratch, 'busy') }).ended;
    other.close();
    expectOneLine(ended, new RegExp(`^start: port ${port} is in use: set PORT to another one, or to 0 for any\n$`));
  });
});

describe('npm run token', () => {
  it.concurrent.each<[string, string[], RegExp]>([
    ['no member', [], /^token: name a member/],
    ['no member id', ['ada lovelace'], /^token: not a member id: ada lovelace/],
    ['an unknown scope', ['ada', 'admin'], /^token: unknown scope: admin \(there are billing and support\)/],
  ])('npm run token refuses %s in one line', async (_, args, fault) => {
    const { code, out, err } = await runCommand('token', args, { DATA_DIR: join(scratch, 'tokens') }).ended;
    expect(err).toMatch(fault);
    expect(err.split('\n')).toHaveLength(2);
    expect([code, out]).toEqual([2, '']);
  });

  it('npm run token prints a token and nothing else, or its usage', async () => {
    expect(await tokenFor(join(scratch, 'tokens'), 'ada', 'billing', 'support')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await tokenFor(join(scratch, 'tokens'), '--help')).toMatch(/^Usage: npm run -s token -- MEMBER/);
  });
});
