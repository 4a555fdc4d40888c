/** `npm run dev`, as one who changes the page uses it: in a browser, in front of a local system with empty books. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, CHROMIUM_ARGS } from '../../tools/check-page/chromium.ts';
import { pick } from './acts.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-dev-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function runDev(env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, ['--import', 'tsx', 'tools/dev.ts'], {
    env: { ...process.env, NODE_ENV: 'development', PORT: '0', PAGE_PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The two addresses that it prints once both can be used. It is read on, because vite says more later. */
function addressesOf({ stdout, stderr }: ReturnType<typeof runDev>): Promise<{ page: string; api: string }> {
  let said = '';
  return new Promise((found, missed) => {
    stdout.on('data', (chunk) => {
      said += chunk;
      const page = /page is at (http:\S+\d)/.exec(said)?.[1];
      const api = /API is at (http:\S+\d)/.exec(said)?.[1];
      if (page && api) found({ page, api });
    });
    stderr.on('data', (chunk) => {
      said += chunk;
    });
    stdout.on('end', () => missed(new Error(`it ended, and said ${said}`)));
  });
}

describe.skipIf(!CHROMIUM)('npm run dev (skipped where no Chromium is installed)', () => {
  let child: ReturnType<typeof runDev>;
  let page: string;
  let api: string;
  let browser: Browser;
  let complaint = '';
  beforeAll(async () => {
    child = runDev({});
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    [{ page, api }, browser] = await Promise.all([
      addressesOf(child),
      chromium.launch({ executablePath: CHROMIUM as string, args: [...CHROMIUM_ARGS] }),
    ]);
  });
  // If it ends ahead of time, every test after that fails. This says why.
  afterEach(() => {
    if (child.exitCode && child.exitCode > 0) expect(complaint).toBe('');
  });
  afterAll(async () => {
    await browser?.close();
    child?.kill('SIGKILL');
  });

  it('a member signs in and out at the address of the sources, which stay connected to vite', async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const said: string[] = [];
    const faults: string[] = [];
    tab.on('console', (message) => said.push(message.text()));
    tab.on('pageerror', (error) => faults.push(String(error)));
    tab.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== page) faults.push(`asked elsewhere: ${request.url()}`);
    });
    await tab.goto(page);
    await pick(tab, 'ada');
    expect(new URL(tab.url()).origin).toBe(page);
    await expect.poll(() => said).toContain('[vite] connected.');
    await tab.reload();
    await tab.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor();
    await tab.getByRole('link', { name: 'Sign in', exact: true }).click();
    await tab.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each([
    ['/app/app.tsx', 'text/javascript'],
    ['/signed-out.html', 'text/html'],
    ['/icon.svg', 'image/svg+xml'],
  ])('the page server itself has %s, of type %s', async (path, type) => {
    const response = await fetch(page + path);
    expect((await response.text()).length).toBeGreaterThan(0);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
  });

  it.each([
    ['/config.json', 200],
    ['/local/clock', 200],
    ['/v1/plans', 401],
    ['/v1/nothing?here=1', 404],
    ['/docs', undefined],
    ['/openapi.json', undefined],
    ['/problems/not-found', undefined],
  ])('the page server passes %s on to the system', async (path, status) => {
    const responses = await Promise.all([page, api].map((at) => fetch(at + path)));
    const [passedOn, direct] = await Promise.all(
      responses.map(async (response) => {
        await response.text();
        return [response.status, response.headers.get('content-type'), response.headers.has('apigw-requestid')];
      }),
    );
    expect(passedOn).toEqual(direct);
    expect(passedOn?.[2]).toBe(true);
    if (status !== undefined) expect(passedOn?.[0]).toBe(status);
  });

  it.each([
    ['its own page', {}, 'same-origin', 200],
    ['another page of this machine', { origin: 'http://localhost:1' }, 'same-site', 404],
    ['a page elsewhere', { origin: 'https://evil.example' }, 'cross-site', 404],
  ])(
    'a request from %s to the local controls is answered as the system answers it',
    async (_from, other, site, status) => {
      const headers = { origin: page, 'sec-fetch-site': site, ...other };
      const clock = await fetch(`${page}/local/clock`, { method: 'POST', headers, body: '{"advance":"PT1H"}' });
      const token = await fetch(`${page}/local/sign-in/revoke`, { method: 'POST', headers, body: 'token=none' });
      await Promise.all([clock.text(), token.text()]);
      expect([clock.status, token.status]).toEqual([status, status]);
    },
  );

  it('a page port that is taken is said in one line, and nothing is left running', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const other = mkdtempSync(join(tmpdir(), 'inmail-credits-dev-'));
    const second = runDev({ PAGE_PORT: String(port), DATA_DIR: other });
    const [[code], said] = await Promise.all([once(second, 'close'), text(second.stderr)]);
    taken.close();
    rmSync(other, { recursive: true, force: true });
    expect([code, said]).toEqual([2, `dev: port ${port} cannot be used (EADDRINUSE): set PAGE_PORT to another one\n`]);
  });

  it('SIGINT ends both in order', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    for (const at of [page, api]) await expect(fetch(at)).rejects.toThrow();
  });
});
