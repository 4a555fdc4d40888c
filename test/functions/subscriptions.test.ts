import { describe, expect, it } from 'vitest';
import { TestSystem } from '../support/system.ts';

const START = '2024-01-31T15:00:00Z';

describe('subscribing', () => {
  it('a subscription grants the allotment at once and shows the credits', async () => {
    const system = new TestSystem(START);
    const { status, json } = await system.subscribe('ada', 'premium-career');
    expect(status).toBe(200);
    expect(json).toEqual({
      memberId: 'ada',
      product: 'premium',
      asOf: '2024-01-31T15:00:00.000Z',
      plan: 'premium-career',
      balance: 5,
      cap: 15,
      allotment: 5,
      nextRenewal: { at: '2024-02-29T00:00:00.000Z', brings: 5, forfeits: 0 },
      pendingReturns: [],
    });
  });

  it('a subscription to the present plan changes nothing', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const before = JSON.stringify(system.books.books());
    expect((await system.subscribe('ada', 'premium-career')).status).toBe(200);
    expect(JSON.stringify(system.books.books())).toBe(before);
  });

  it('a change of plan forfeits the balance, keeps the anchor and writes due renewals first', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const { json } = await system.at('2024-03-05T10:00:00Z').subscribe('ada', 'premium-business');
    expect(json).toMatchObject({ balance: 15, cap: 45, nextRenewal: { at: '2024-03-31T00:00:00.000Z' } });
    expect(system.books.books().entries.map(({ type, forfeited }) => [type, forfeited])).toEqual([
      ['subscribed', 0],
      ['renewed', 0],
      ['plan-changed', 10],
    ]);
    expect(system.audit()).toEqual([]);
  });

  it('subscriptions to two products are two wallets', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    await system.subscribe('ada', 'recruiter-lite');
    await system.send('ada', 'bob', { product: 'recruiter' });
    expect([await system.balanceOf('ada'), await system.balanceOf('ada', 'recruiter')]).toEqual([5, 29]);
  });

  it.each([
    ['a plan of another product', { plan: 'recruiter-lite' }],
    ['an unknown plan', { plan: 'premium-gold' }],
  ])('a subscription to %s is refused with its pointer', async (_, body) => {
    const system = new TestSystem(START);
    const path = { memberId: 'ada', product: 'premium' };
    const { status, json } = await system.call('put-subscription', { as: 'desk', scopes: ['billing'], path, body });
    expect({ status, type: json.type }).toEqual({ status: 400, type: '/problems/invalid-request' });
    expect(json.errors).toEqual([{ in: 'body', pointer: '/plan', detail: `premium has no plan ${body.plan}` }]);
    expect(system.books.books().entries).toEqual([]);
  });
});

describe('cancelling', () => {
  it('a cancellation forfeits the balance, keeps the ledger, refuses sends and can be repeated', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    expect((await system.cancel('ada', 'premium')).status).toBe(204);
    expect((await system.cancel('ada', 'premium')).status).toBe(204);
    const { json } = await system.call('get-credits', { as: 'ada', path: { memberId: 'ada', product: 'premium' } });
    expect(json).toMatchObject({ plan: null, balance: 0, cap: 0, allotment: 0, nextRenewal: null, pendingReturns: [] });
    expect((await system.send('ada', 'bob')).json.type).toBe('/problems/no-active-subscription');
    expect(system.books.books().entries.at(-1)).toMatchObject({ type: 'cancelled', delta: -5, forfeited: 5, term: 2 });
    expect(system.audit()).toEqual([]);
  });

  it('a new subscription after a cancellation sets a new anchor', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    await system.at('2024-02-10T00:00:00Z').cancel('ada', 'premium');
    const { json } = await system.at('2024-02-12T00:00:00Z').subscribe('ada', 'premium-career');
    expect(json.nextRenewal.at).toBe('2024-03-12T00:00:00.000Z');
    expect(system.audit()).toEqual([]);
  });

  it('a cancellation of a product without a subscription is not found', async () => {
    const system = new TestSystem(START);
    expect((await system.cancel('ada', 'premium')).status).toBe(404);
  });
});

describe('connections', () => {
  it('a connection refuses InMails both ways until it ends, and costs nothing', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    await system.subscribe('bob', 'premium-career');
    const connection = { as: 'desk', scopes: ['billing'] as const, path: { memberId: 'ada', otherId: 'bob' } };
    for (let twice = 0; twice < 2; twice += 1)
      expect((await system.call('put-connection', connection)).status).toBe(204);
    for (const [from, to] of [
      ['ada', 'bob'],
      ['bob', 'ada'],
    ] as const) {
      expect((await system.send(from, to)).json).toMatchObject({ type: '/problems/already-connected', rule: 'R14' });
    }
    for (let twice = 0; twice < 2; twice += 1)
      expect((await system.call('delete-connection', connection)).status).toBe(204);
    expect((await system.send('ada', 'bob')).status).toBe(201);
  });

  it('a connection with oneself is refused', async () => {
    const system = new TestSystem(START);
    const path = { memberId: 'ada', otherId: 'ada' };
    const { status, json } = await system.call('put-connection', { as: 'desk', scopes: ['billing'], path });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ in: 'path', pointer: '/otherId', detail: 'another member than memberId' }]);
  });
});
