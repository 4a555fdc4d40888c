import { describe, expect, it } from 'vitest';
import { eventOf } from '../../local/gateway/http-event.ts';
import { matchRoute } from '../../local/gateway/route-match.ts';
import type { EndpointName } from '../../shared/contract/endpoints.ts';
import { type Call, TestSystem } from '../support/system.ts';

const WALLET = { memberId: 'ada', product: 'premium' };
const START = '2024-03-01T12:00:00Z';

async function withCareer(): Promise<TestSystem> {
  const system = new TestSystem(START);
  await system.subscribe('ada', 'premium-career');
  return system;
}

/** The parameters of a query, as the gateway hands them on: decoded, and repeated ones joined by commas. */
function parametersOf(query: string): Record<string, string> {
  const matched = matchRoute('GET', '/v1/plans');
  if (!matched) throw new Error('no such route');
  const target = `/v1/plans?${query}`;
  const request = { method: 'GET', target, headers: {}, body: Buffer.alloc(0), sourceIp: '127.0.0.1' };
  const circumstances = { requestId: 'r', at: new Date(START), claims: { sub: 'ada' } };
  return { ...eventOf(request, matched, circumstances).queryStringParameters } as Record<string, string>;
}

const PATHS: { readonly [name in EndpointName]?: Call['path'] } = {
  'get-credits': WALLET,
  'list-ledger': WALLET,
  'list-credits': { memberId: 'ada' },
};

async function ask(name: EndpointName, query: string) {
  const path = PATHS[name];
  return (await withCareer()).call(name, { as: 'ada', ...(path && { path }), query: parametersOf(query) });
}

describe('a query', () => {
  it.each<[EndpointName, string, string]>([
    ['list-ledger', 'limit=0', '/limit'],
    ['list-ledger', 'limit=-1', '/limit'],
    ['list-ledger', 'limit=101', '/limit'],
    ['list-ledger', 'limit=10;', '/limit'],
    ['list-ledger', 'limit=1e1', '/limit'],
    ['list-ledger', 'limit=0x10', '/limit'],
    ['list-ledger', 'limit=+5', '/limit'],
    ['list-ledger', 'limit=', '/limit'],
    ['list-ledger', 'limit', '/limit'],
    ['list-ledger', 'limit=%D9%A5', '/limit'],
    ['list-ledger', 'limit=5&limit=5', '/limit'],
    ['list-ledger', 'format=csv&format=csv', '/format'],
    ['list-ledger', 'format=CSV', '/format'],
    ['list-ledger', 'format=xml', '/format'],
    ['list-ledger', 'cursor=', '/cursor'],
    ['list-ledger', 'cursor=a&cursor=a', '/cursor'],
    ['list-ledger', `cursor=${'a'.repeat(501)}`, '/cursor'],
    ['list-ledger', 'cursor=a=', '/cursor'],
    ['list-ledger', 'cursor=a%00', '/cursor'],
    ['list-ledger', 'Limit=5', '/Limit'],
    ['list-ledger', 'limit%5B%5D=5', '/limit[]'],
    ['list-ledger', 'memberId=bob', '/memberId'],
    ['list-ledger', '__proto__=x', '/__proto__'],
    ['list-ledger', 'constructor=x', '/constructor'],
    ['list-ledger', 'a/b=x', '/a~1b'],
    ['list-inmails', '', '/box'],
    ['list-inmails', 'box=', '/box'],
    ['list-inmails', 'box=Inbox', '/box'],
    ['list-inmails', 'box=inbox&box=sent', '/box'],
    ['list-inmails', 'box=inbox&callerId=bob', '/callerId'],
    ['get-credits', 'at=2026-02-30T00:00:00Z', '/at'],
    ['get-credits', 'at=2025-02-29T00:00:00Z', '/at'],
    ['get-credits', 'at=2026-02-30', '/at'],
    ['get-credits', 'at=2026-01-01T24:00:00Z', '/at'],
    ['get-credits', 'at=24:00:00', '/at'],
    ['get-credits', 'at=2026-01-01T23:59:60Z', '/at'],
    ['get-credits', 'at=1767225600', '/at'],
    ['get-credits', 'at=1767225600000', '/at'],
    ['get-credits', 'at=2026-01-01T00:00:00', '/at'],
    ['get-credits', 'at=2026-01-01%2000:00:00Z', '/at'],
    ['get-credits', 'at=2026-01-01T00:00:00+99:00', '/at'],
    ['get-credits', `at=2026-01-01T00:00:00.${'0'.repeat(5_000)}Z`, '/at'],
    ['get-credits', 'at=2026-01-01T00:00Z', '/at'],
    ['get-credits', 'at=now', '/at'],
    ['get-credits', 'at=', '/at'],
    ['get-credits', 'at=2026-01-01T00:00:00Z&at=2026-01-01T00:00:00Z', '/at'],
    ['list-credits', 'at=2026-02-30T00:00:00Z', '/at'],
    ['list-plans', 'at=2026-01-01T00:00:00Z', '/at'],
  ])('a %s request with the query %j is refused', async (name, query, pointer) => {
    const { status, json } = await ask(name, query);
    expect([status, json.type, json.errors[0]]).toEqual([
      400,
      '/problems/invalid-request',
      expect.objectContaining({ in: 'query', pointer }),
    ]);
  });

  it.each([
    'at=2026-01-01T04:00:00%2B04:00',
    'at=2026-01-01T04:00:00+04:00',
    'at=2025-12-31T19:00:00-05:00',
    'at=2026-01-01T00:00:00.000Z',
  ])('the query %j means the same instant as one in UTC', async (query) => {
    const { status, text } = await ask('get-credits', query);
    expect([status, text]).toEqual([200, (await ask('get-credits', 'at=2026-01-01T00:00:00Z')).text]);
  });

  it('a refused query gets every fault at once, with those of the path', async () => {
    const path = { memberId: 'ada', product: 'gold' };
    const call = { as: 'ada', path, query: parametersOf('limit=0&format=xml&more=1') };
    const { json } = await (await withCareer()).call('list-ledger', call);
    const found = json.errors.map((fault: { in: string; pointer: string }) => `${fault.in} ${fault.pointer}`);
    expect(found).toEqual(['path /product', 'query /limit', 'query /format', 'query /more']);
  });

  it('a query of a thousand parameters gets a response with a few faults', async () => {
    const query = Array.from({ length: 1_000 }, (_, index) => `p${index}=1`).join('&');
    expect((await ask('list-ledger', query)).json.errors).toHaveLength(20);
  });
});

describe('a plan', () => {
  it.each(['', 'Premium Career', 'premium-career\n', 'p'.repeat(65), '../plans', 'é'])(
    'the name %j is no plan',
    async (plan) => {
      const path = { memberId: 'ada', product: 'premium' };
      const call = { as: 'desk', scopes: ['billing'] as const, path, body: { plan } };
      const { status, json } = await (await withCareer()).call('put-subscription', call);
      expect([status, json.errors]).toEqual([400, [expect.objectContaining({ in: 'body', pointer: '/plan' })]]);
    },
  );
});
