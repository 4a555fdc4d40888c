/**
 * The headers of every response for browsers and caches (ASVS 3.4, 14.3.2). One list holds for all routes, refusals and
 * pages.
 */
import { globSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { PROBLEMS, type ProblemSlug } from '../../shared/contract/problems.ts';
import { problemResponse } from '../../shared/http/problem-response.ts';
import { buildPage } from '../../tools/build-page.ts';
import { headerFaults, type Kind } from './header-faults.ts';
import { type Row, sentOf } from './row.ts';
import { exchange, type Got } from './wire.ts';
import { openWorld, type World } from './world.ts';

let world: World;
const pageDir = await buildPage();
beforeAll(async () => {
  world = await openWorld({ pageDir });
});
afterAll(() => world?.stop());

const rowOf = (more: Omit<Row, 'abuse' | 'shows' | 'wants'>): Row => ({
  ...more,
  abuse: 'business',
  shows: 'headers',
  wants: [200],
});

const call = async (row: Row): Promise<Got> => exchange(world.system.baseUrl, await sentOf(row, world));

const get = (target: string, headers: readonly (readonly [string, string])[] = [], method = 'GET'): Promise<Got> =>
  exchange(world.system.baseUrl, { method, target, headers, body: undefined });

const kindOf = ({ headers }: Got): Kind =>
  headers['content-type']?.startsWith('text/html') ? 'private page' : 'private';

it.each(ENDPOINTS)(
  "$name sends safe headers without a token, for an unknown query parameter and for another member's thing",
  async ({ name }) => {
    const refused = [
      await call(rowOf({ route: name, headers: [['authorization', 'Basic x']] })),
      await call(rowOf({ route: name, query: 'nothing=1' })),
      await call(rowOf({ route: name, as: 'stranger', path: { memberId: 'bob', inmailId: 'bob~ada~000009' } })),
    ];
    expect(refused.slice(0, 2).map(({ status }) => status)).toEqual([401, 400]);
    for (const { headers } of refused) expect(headerFaults('private', headers)).toEqual([]);
  },
);

it.each(ENDPOINTS)('$name sends safe headers with a success', async ({ name }) => {
  const got = await call(rowOf({ route: name }));
  expect([name, got.status]).toEqual([name, expect.toSatisfy((status: number) => status < 300)]);
  expect(headerFaults('private', got.headers)).toEqual([]);
});

it.each(ENDPOINTS.filter(({ conditional }) => conditional))(
  '$name sends safe headers with a 304',
  async ({ name: route }) => {
    const etag = (await call(rowOf({ route }))).headers.etag ?? 'none';
    const got = await call(rowOf({ route, headers: [['if-none-match', etag]] }));
    expect([got.status, headerFaults('private', got.headers)]).toEqual([304, []]);
  },
);

it('a statement as CSV has safe headers', async () => {
  const { status, headers } = await call(rowOf({ route: 'list-ledger', query: 'format=csv' }));
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(headerFaults('private', headers)).toEqual([]);
});

it.each(Object.keys(PROBLEMS) as ProblemSlug[])('the problem %s has safe headers, and so has the time-out', (slug) => {
  expect(headerFaults('private', problemResponse({ slug }).headers)).toEqual([]);
});

describe("the gateway's own responses", () => {
  it.each<[string, number, () => Promise<Got>]>([
    ['no route', 404, () => get('/v2/nothing')],
    ['an unknown method of a route', 404, () => get('/v1/plans', [], 'PATCH')],
    ['another type of body', 415, () => call(rowOf({ route: 'send-inmail', headers: [['content-type', 'text/xml']] }))],
    ['a body that is too long', 413, () => call(rowOf({ route: 'send-inmail', body: Buffer.alloc(11 * 1024 * 1024) }))],
    ['headers that are too long', 431, () => get('/v1/plans', [['x-long', 'x'.repeat(20_000)]])],
    ['an unsupported expectation', 417, () => get('/v1/plans', [['expect', 'the-best']])],
    ['a path that does not decode', 400, () => get('/v1/inmails/%ff', [['authorization', 'Bearer x']])],
  ])("the gateway's response to %s has safe headers", async (_, status, ask) => {
    const got = await ask();
    expect(got.status, got.text).toBe(status);
    expect(headerFaults('private', got.headers)).toEqual([]);
  });

  it.each(['hello\r\n\r\n', 'GET /v1/plans HTTP/1.1\r\n\r\n', 'GET / HTTP/9.9\r\nhost: x\r\n\r\n'])(
    'the response to the bytes %j has safe headers',
    async (text) => {
      const answer = await rawAnswer(world.system.baseUrl, text);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      const lines = answer.split('\r\n').slice(1);
      const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ') as [string, string]));
      expect(headerFaults('private', headers)).toEqual([]);
    },
  );
});

describe('a response that only this machine gives', () => {
  it.each([
    '/local/clock',
    '/local/schedules',
    '/local/queues',
    '/local/nothing',
    '/local/sign-in/authorize',
    '/local/sign-in/out',
    '/local/sign-in/token',
  ])('the local response to %s has safe headers', async (target) => {
    for (const method of ['GET', 'POST']) {
      const got = await get(target, [], method);
      expect(headerFaults(kindOf(got), got.headers), `${method} ${target}`).toEqual([]);
    }
  });
});

describe('a file of the page', () => {
  const files = globSync('**/*.*', { cwd: pageDir }).map((name) => `/${name}`);

  it.each(['/', '/config.json', ...files])("the page's response to %s has safe headers", async (target) => {
    const { status, headers } = await get(target);
    const isLeaving = target === '/signed-out.html';
    expect([status, headerFaults(isLeaving ? 'private page' : 'public page', headers)]).toEqual([200, []]);
    expect(headers['clear-site-data']).toBe(isLeaving ? '"cache"' : undefined);
  });

  it('the files of the page include the end of signing out', () => {
    expect(files).toContain('/signed-out.html');
  });
});

/** The whole response to bytes that no client would send. */
function rawAnswer(baseUrl: string, text: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((received) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => received(answer));
  });
}
