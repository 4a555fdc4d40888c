/** What every answer tells browsers and caches (ASVS 3.4, 14.3.2): all routes, all that refuses, all pages, by one list. */
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
  '$name says so of a call without a token, of one with a query that is none, and of what is not theirs',
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

it.each(ENDPOINTS)('$name says so of a success', async ({ name }) => {
  const got = await call(rowOf({ route: name }));
  expect([name, got.status]).toEqual([name, expect.toSatisfy((status: number) => status < 300)]);
  expect(headerFaults('private', got.headers)).toEqual([]);
});

it.each(ENDPOINTS.filter(({ conditional }) => conditional))('$name says so of a 304', async ({ name: route }) => {
  const etag = (await call(rowOf({ route }))).headers.etag ?? 'none';
  const got = await call(rowOf({ route, headers: [['if-none-match', etag]] }));
  expect([got.status, headerFaults('private', got.headers)]).toEqual([304, []]);
});

it('a statement as CSV says so', async () => {
  const { status, headers } = await call(rowOf({ route: 'list-ledger', query: 'format=csv' }));
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(headerFaults('private', headers)).toEqual([]);
});

it.each(Object.keys(PROBLEMS) as ProblemSlug[])('the problem %s says so, the time-out with it', (slug) => {
  expect(headerFaults('private', problemResponse({ slug }).headers)).toEqual([]);
});

describe('what the gateway answers itself', () => {
  it.each<[string, number, () => Promise<Got>]>([
    ['no route', 404, () => get('/v2/nothing')],
    ['no route of this method', 404, () => get('/v1/plans', [], 'PATCH')],
    ['another kind of body', 415, () => call(rowOf({ route: 'send-inmail', headers: [['content-type', 'text/xml']] }))],
    ['a body that is too long', 413, () => call(rowOf({ route: 'send-inmail', body: Buffer.alloc(11 * 1024 * 1024) }))],
    ['headers that are too long', 431, () => get('/v1/plans', [['x-long', 'x'.repeat(20_000)]])],
    ['an expectation', 417, () => get('/v1/plans', [['expect', 'the-best']])],
    ['a path that is no text', 400, () => get('/v1/inmails/%ff', [['authorization', 'Bearer x']])],
  ])('to %s says so', async (_, status, ask) => {
    const got = await ask();
    expect(got.status, got.text).toBe(status);
    expect(headerFaults('private', got.headers)).toEqual([]);
  });

  it.each(['hello\r\n\r\n', 'GET /v1/plans HTTP/1.1\r\n\r\n', 'GET / HTTP/9.9\r\nhost: x\r\n\r\n'])(
    'to %j says so',
    async (text) => {
      const answer = await rawAnswer(world.system.baseUrl, text);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      const lines = answer.split('\r\n').slice(1);
      const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ') as [string, string]));
      expect(headerFaults('private', headers)).toEqual([]);
    },
  );
});

describe('what is there on this machine only', () => {
  it.each([
    '/local/clock',
    '/local/schedules',
    '/local/queues',
    '/local/nothing',
    '/local/sign-in/authorize',
    '/local/sign-in/out',
    '/local/sign-in/token',
  ])('%s says so', async (target) => {
    for (const method of ['GET', 'POST']) {
      const got = await get(target, [], method);
      expect(headerFaults(kindOf(got), got.headers), `${method} ${target}`).toEqual([]);
    }
  });
});

describe('a file of the page', () => {
  const files = globSync('**/*.*', { cwd: pageDir }).map((name) => `/${name}`);

  it.each(['/', '/config.json', ...files])('%s says so', async (target) => {
    const { status, headers } = await get(target);
    const isLeaving = target === '/signed-out.html';
    expect([status, headerFaults(isLeaving ? 'private page' : 'public page', headers)]).toEqual([200, []]);
    expect(headers['clear-site-data']).toBe(isLeaving ? '"cache"' : undefined);
  });

  it('is among them where signing out ends', () => {
    expect(files).toContain('/signed-out.html');
  });
});

/** All that comes back, for bytes that no client would send. */
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
