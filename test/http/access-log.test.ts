/** The log of the callers who read or changed another member's things. */
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { type Call, GATEWAY_REQUEST_ID, TestSystem } from '../support/system.ts';
import { whatIsTold } from '../support/told.ts';

const PATH = { memberId: 'ada', product: 'premium' };
const PAIR = { memberId: 'ada', otherId: 'bob' };
const EMPTY_BODY = {};

async function call(name: EndpointName, request: Call) {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  await system.subscribe('ada', 'premium-career');
  const { result, logs, counted, text } = await whatIsTold(() => system.call(name, request));
  return { status: result.status, lines: logs.filter(({ kind }) => kind === 'access'), counted, text };
}

const ofBilling = { as: 'desk', scopes: ['billing'] } as const;
const ofSupport = { as: 'desk', scopes: ['support'] } as const;

describe('the log of access', () => {
  it.each<[EndpointName, Call, number, object]>([
    ['get-credits', { ...ofSupport, path: PATH }, 200, PATH],
    ['list-credits', { ...ofSupport, path: { memberId: 'ada' } }, 200, { memberId: 'ada' }],
    ['list-ledger', { ...ofBilling, path: PATH }, 200, PATH],
    ['put-subscription', { ...ofBilling, path: PATH, body: { plan: 'premium-business' } }, 200, PATH],
    ['put-subscription', { ...ofBilling, path: PATH, body: EMPTY_BODY }, 400, PATH],
    ['cancel-subscription', { ...ofBilling, path: PATH }, 204, PATH],
    ['put-connection', { ...ofBilling, path: PAIR }, 204, PAIR],
    ['delete-connection', { ...ofBilling, path: PAIR }, 204, PAIR],
    ['get-credits', { ...ofSupport, path: { ...PATH, memberId: 'nobody' } }, 404, { ...PATH, memberId: 'nobody' }],
  ])('an operator who calls %s leaves a line with caller, member and status', async (name, request, status, ids) => {
    const { lines, counted } = await call(name, request);
    const endpoint = ENDPOINTS.find((row) => row.name === name);
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ level: 'INFO', requestId: GATEWAY_REQUEST_ID, endpoint: name },
        ...{ route: `${endpoint?.method} ${endpoint?.path}`, caller: 'desk', scopes: request.scopes, status },
        ...ids,
      }),
    ]);
    expect(counted).not.toContain('access-denied');
  });

  it('an operator who grants a plan to herself leaves a line as well', async () => {
    const path = { ...PATH, memberId: 'desk' };
    const { lines } = await call('put-subscription', { ...ofBilling, path, body: { plan: 'premium-career' } });
    expect(lines).toMatchObject([{ caller: 'desk', memberId: 'desk', status: 200 }]);
  });

  it.each<[EndpointName, Call, number]>([
    ['get-credits', { as: 'eve', path: PATH }, 404],
    ['list-ledger', { as: 'eve', path: PATH }, 404],
    ['put-subscription', { as: 'eve', path: PATH, body: { plan: 'premium-career' } }, 403],
    ['put-subscription', { ...ofSupport, path: PATH, body: { plan: 'premium-career' } }, 403],
  ])('a caller of %s without the right leaves a line, and is counted', async (name, request, status) => {
    const { lines, counted } = await call(name, request);
    expect(lines).toMatchObject([{ caller: request.as, memberId: 'ada', status }]);
    expect(counted).toContain('access-denied');
  });

  it.each<[EndpointName, Call]>([
    ['get-credits', { as: 'ada', path: PATH }],
    ['list-plans', { as: 'desk', scopes: ['billing'] }],
    ['list-inmails', { as: 'ada', query: { box: 'sent' } }],
  ])('a caller of %s who looks at nobody else leaves no line', async (name, request) => {
    expect(await call(name, request)).toMatchObject({ status: 200, lines: [] });
  });

  it('a path that is no id does not get into the log', async () => {
    const path = { memberId: 'ada@example.com, tel. 555', product: 'premium' };
    const { lines, text } = await call('get-credits', { ...ofSupport, path });
    expect(lines).toMatchObject([{ caller: 'desk', status: 400 }]);
    expect(lines[0]).not.toHaveProperty('memberId');
    expect(text).not.toContain('example.com');
  });
});
