/** "Bad input and abuse" of docs/reliability.md, row by row, against one running system. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, endpointNamed, type NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { PRIVATE_HEADERS } from '../../shared/contract/security-headers.ts';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { untried } from './coverage.ts';
import { type Row, sentOf } from './row.ts';
import { ASKING_ROWS } from './rows/asking-rows.ts';
import { BODY_ROWS } from './rows/body-rows.ts';
import { BUSINESS_ROWS } from './rows/business-rows.ts';
import { OTHERS_ROWS } from './rows/others-rows.ts';
import { TEXT_ROWS } from './rows/text-rows.ts';
import { TOKEN_ROWS } from './rows/token-rows.ts';
import { faultsOf } from './soundness.ts';
import { exchange, type Got } from './wire.ts';
import { openWorld, type World } from './world.ts';

const SECTIONS = {
  Token: TOKEN_ROWS,
  "Other people's things": OTHERS_ROWS,
  Body: BODY_ROWS,
  Text: TEXT_ROWS,
  'Keys, paths and queries': ASKING_ROWS,
  Business: BUSINESS_ROWS,
} as const;
const ROWS: readonly Row[] = Object.values(SECTIONS).flat();

let world: World;
let before: unknown;
beforeAll(async () => {
  world = await openWorld();
  before = await world.everything();
});
afterAll(() => world?.stop());

async function answerTo(row: Row): Promise<Got> {
  const got = await exchange(world.system.baseUrl, await sentOf(row, world));
  expect(faultsOf(endpointNamed(row.route), got, world.secrets), got.text.slice(0, 500)).toEqual([]);
  return got;
}

describe.each(Object.entries(SECTIONS))('%s', (_, rows) => {
  it.each(rows.map((row) => [row.route, row.abuse, row.shows, row] as const))(
    '%s gives its documented response to abuse (%s): %s',
    async (_, __, ___, row) => {
      const { status, text } = await answerTo(row);
      const [wanted, slug, pointer] = row.wants;
      expect(status, text.slice(0, 500)).toBe(wanted);
      if (slug) expect(JSON.parse(text)).toMatchObject({ type: `/problems/${slug}` });
      if (pointer !== undefined) {
        const { errors } = JSON.parse(text);
        expect(errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
        expect(errors.length).toBeLessThanOrEqual(20);
      }
    },
  );
});

describe('the checks on every response', () => {
  const problem = { type: '/problems/not-found', title: 'Not found', status: 404 };
  const headers = { 'content-type': 'application/problem+json', ...PRIVATE_HEADERS };
  const answer = (more: object = {}): Got => ({ status: 404, headers, text: JSON.stringify({ ...problem, ...more }) });

  it('the checks let a sound response pass', () => {
    expect(faultsOf(endpointNamed('get-inmail'), answer(), ['secret'])).toEqual([]);
  });

  it.each<[string, Got]>([
    ['a fault of our own', { ...answer(), status: 500 }],
    ['another status in the body', answer({ status: 400 })],
    ['an undocumented field', answer({ hint: 'x' })],
    ['a problem that the route does not have', answer({ type: '/problems/self-inmail' })],
    ['an unknown problem', answer({ type: '/problems/other' })],
    ['plain JSON', { ...answer(), headers: { 'content-type': 'application/json' } }],
    ['a stack', answer({ detail: 'Error: x\n    at run (api.ts:12:3)' })],
    ['an ARN', answer({ detail: 'arn:aws:dynamodb:eu-west-1:1:table/x' })],
    ['a path', answer({ detail: 'in /var/task/index.js' })],
    ['a response that a cache may keep', { ...answer(), headers: { ...headers, 'cache-control': 'no-cache' } }],
    ['a secret in a header', { ...answer(), headers: { ...headers, server: 'secret' } }],
    ['a 401 that does not say how to sign in', { ...answer({ status: 401 }), status: 401 }],
  ])('the checks find %s', (_, got) => {
    expect(faultsOf(endpointNamed('get-inmail'), got, ['secret'])).not.toEqual([]);
  });
});

describe('a response of 404', () => {
  const missing = ROWS.filter(({ wants: [status] }) => status === 404);
  it.each(ENDPOINTS.filter(({ name }) => missing.some(({ route }) => route === name)))(
    "$name gives the same bytes for an absent thing, for another member's thing and for an unknown route",
    async ({ name }) => {
      const answers = await Promise.all(missing.filter(({ route }) => route === name).map(answerTo));
      const alike = answers.map(({ text, headers: { date, 'apigw-requestid': _, ...headers } }) => ({ text, headers }));
      expect(new Set(alike.map((one) => JSON.stringify(one))).size).toBe(1);
    },
  );
});

describe('all rows of abuse together', () => {
  it('all rows together leave the tables unchanged', async () => {
    expect(await world.everything()).toEqual(before);
  });

  it('the rows try every abuse that a route is open to', () => {
    expect(untried(ENDPOINTS, ROWS)).toEqual([]);
  });

  it('the check of the rows finds a new route without rows, and a new part of a route without rows', () => {
    const isNew = { ...endpointNamed('send-inmail'), name: 'forward-inmail' } as unknown as NamedEndpoint;
    const more = { ...endpointNamed('get-inmail'), request: { ...endpointNamed('list-inmails').request } };
    expect(untried([isNew, more], ROWS)).toEqual([
      ...['token', 'method', 'identity', 'others', 'query', 'body', 'text', 'key'].map(
        (abuse) => `forward-inmail: ${abuse}`,
      ),
      ...['limit', 'cursor'].map((abuse) => `get-inmail: ${abuse}`),
    ]);
  });

  it('every usual request succeeds where no row spoils it, and the books stay clean', async () => {
    for (const { name: route } of ENDPOINTS) {
      const row = { route, abuse: 'business', shows: 'as usual', wants: [200] } as const;
      const { status, text } = await answerTo(row);
      expect([route, status], text.slice(0, 300)).toEqual([route, expect.toSatisfy((code: number) => code < 300)]);
    }
    expect(audit(await scanBooks(world.system), RULES)).toEqual([]);
  });
});
