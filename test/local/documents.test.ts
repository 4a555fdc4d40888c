/** The contract's documents on the running system. They are public, and refusals lead to them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { pagePolicy } from '../../shared/contract/page-policy.ts';
import { PROBLEM_SLUGS, PROBLEMS } from '../../shared/contract/problems.ts';
import { buildPage } from '../../tools/build-page.ts';
import { LocalClient } from './local-client.ts';

let system: LocalSystem;
let client: LocalClient;
beforeAll(async () => {
  system = await startLocalSystem({ pageDir: await buildPage() });
  client = new LocalClient(system);
});
afterAll(() => system?.stop());

const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy': pagePolicy(),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const HTML = 'text/html; charset=utf-8';
const PAGES: readonly (readonly [string, string, string])[] = [
  ['/docs', HTML, '<h1>InMail credits'],
  ['/docs.css', 'text/css; charset=utf-8', ':root {'],
  ['/openapi.json', 'application/json', '"openapi": "3.1.1"'],
  ['/problems', HTML, '<h1>Problems</h1>'],
  ...PROBLEM_SLUGS.map((slug) => [`/problems/${slug}`, HTML, `<h1>${PROBLEMS[slug].title}</h1>`] as const),
];

describe('the documents of the running system', () => {
  it.each(PAGES)('the document %s is %s, with the headers of the page', async (path, type, part) => {
    const { status, headers, text } = await client.call('GET', path);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
    expect(text).toContain(part);
    for (const [name, value] of Object.entries(HEADERS)) expect([name, headers.get(name)]).toEqual([name, value]);
  });

  it.each(PAGES)('the document %s is sent once, and a HEAD request gets its head only', async (path, type) => {
    const head = await client.call('HEAD', path);
    expect([head.status, head.headers.get('content-type'), head.text]).toEqual([200, type, '']);
    const etag = head.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    const again = await client.call('GET', path, { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('the contract on the running system is the committed one', async () => {
    const { body } = await client.call('GET', '/openapi.json');
    expect(body).toEqual(JSON.parse(readFileSync('openapi.json', 'utf8')));
  });

  it('the type of a refusal is the address of a page', async () => {
    await client.subscribe('ada', 'premium', 'premium-career');
    await client.send('ada', 'bob', 'premium');
    const refused = [
      await client.send('ada', 'bob', 'premium', 'another'),
      await client.send('ada', 'ada', 'premium'),
      await client.call('GET', '/v1/plans'),
      await client.call('GET', '/v1/nothing', { as: 'ada' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 422, 401, 404]);
    for (const { body } of refused) {
      const { status, text } = await client.call('GET', body.type);
      expect([body.type, status]).toEqual([body.type, 200]);
      expect(text).toContain(`<h1>${body.title}</h1>`);
    }
  });

  it.each(['/problems/nothing', '/problems/', '/docs/', '/docs/api'])(
    'the documents have nothing at %s',
    async (path) => {
      expect((await client.call('GET', path)).status).toBe(404);
    },
  );
});
