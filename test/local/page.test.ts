import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../local/gateway/http-event.ts';
import { loadPage } from '../../local/gateway/page.ts';

const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-page-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {};');
mkdirSync(join(folder, 'problems'));
writeFileSync(join(folder, 'problems', 'busy.html'), '<!doctype html><title>Busy</title>');

const page = loadPage(folder);

const asking = (target: string, headers: Record<string, string> = {}, method = 'GET'): HttpRequest => ({
  method,
  target,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
});

const get = (target: string, headers?: Record<string, string>) => page.handler(asking(target, headers), 'one');

describe('the page on this machine', () => {
  it.each(['/', '/?code=1&state=2', '/index.html'])(
    'the page is index.html at %s, and browsers ask for it anew each time',
    async (target) => {
      const { statusCode, headers, body } = await get(target);
      expect(statusCode).toBe(200);
      expect(Buffer.from(body ?? '', 'base64').toString()).toBe('<!doctype html>');
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  it('a file with a hash in its name is kept for good', async () => {
    const { headers } = await get('/assets/index-abc.js');
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it.each(['/problems/busy', '/problems/busy.html', '/problems/busy?from=here'])(
    'the address %s leads to the file of a static page',
    async (target) => {
      const { headers, body } = await get(target);
      expect(Buffer.from(body ?? '', 'base64').toString()).toContain('<title>Busy</title>');
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  it('the configuration of the page has the address of sign-in and a movable clock', async () => {
    const { body } = await get('/config.json');
    expect(JSON.parse(Buffer.from(body ?? '', 'base64').toString())).toMatchObject({ clientId: 'local', local: true });
  });

  it('the page has a policy that allows its own origin only', async () => {
    const { headers } = await get('/');
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('the page gives a 304 to a browser that has it', async () => {
    const etag = String((await get('/')).headers?.etag);
    expect(await get('/', { 'if-none-match': etag })).toMatchObject({ statusCode: 304, headers: { etag } });
    expect((await get('/', { 'if-none-match': 'W/"other"' })).statusCode).toBe(200);
  });

  it.each([
    ['gzip, br', true],
    ['br', false],
    ['gzip;q=0', false],
  ])('the page is compressed for a browser that accepts %s: %s', async (accepted, isZipped) => {
    const { headers, body } = await get('/', { 'accept-encoding': accepted });
    expect(headers?.['content-encoding']).toBe(isZipped ? 'gzip' : undefined);
    const bytes = Buffer.from(body ?? '', 'base64');
    expect((isZipped ? gunzipSync(bytes) : bytes).toString()).toBe('<!doctype html>');
  });

  it.each([
    '/v1/plans',
    '/nothing',
    '/problems',
    '/problems/',
    '/problems/busy/',
    '/problems/..%2findex',
    '/assets',
    '/assets/',
    '/../package.json',
    '/assets/%2e%2e/index.html',
    '//index.html',
  ])('the page has no file at %s', (target) => {
    expect(page.has(asking(target))).toBe(false);
  });

  it.each(['GET', 'HEAD'])('the page takes %s requests', (method) => {
    expect(page.has(asking('/', {}, method))).toBe(true);
  });

  it.each(['POST', 'DELETE'])('the page leaves %s requests to others', (method) => {
    expect(page.has(asking('/', {}, method))).toBe(false);
  });

  it('the page is absent if it was not built', () => {
    expect(loadPage(undefined).has(asking('/'))).toBe(false);
  });
});
