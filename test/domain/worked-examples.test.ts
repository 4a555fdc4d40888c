import { describe, expect, it } from 'vitest';
import { World } from './world.ts';

/** docs/rules.md, Worked examples, one by one and figure by figure. */
describe('the worked examples', () => {
  it('1: Career signed up on 31 Jan, nothing sent: 5, 10 on 29 Feb, 15 on 31 Mar, and 15 on 30 Apr, forfeiting 5', () => {
    const world = new World().at('2024-01-31T15:00Z');
    world.subscribe('ada', 'premium-career');
    expect(world.balance('ada#premium')).toBe(5);
    expect(world.at('2024-02-28T23:59:59.999Z').balance('ada#premium')).toBe(5);
    expect(world.at('2024-02-29T00:00Z').balance('ada#premium')).toBe(10);
    expect(world.at('2024-03-30T23:59:59.999Z').balance('ada#premium')).toBe(10);
    expect(world.at('2024-03-31T00:00Z').balance('ada#premium')).toBe(15);
    expect(world.at('2024-04-29T23:59:59.999Z').balance('ada#premium')).toBe(15);
    expect(world.at('2024-04-30T00:00Z').renew('ada#premium')).toMatchObject([
      { at: '2024-02-29T00:00:00.000Z', delta: 5, forfeited: 0, balance: 10 },
      { at: '2024-03-31T00:00:00.000Z', delta: 5, forfeited: 0, balance: 15 },
      { at: '2024-04-30T00:00:00.000Z', delta: 0, forfeited: 5, balance: 15 },
    ]);
  });

  it('2: Core signed up on 20 Jan: 50, 100 on 1 Feb, 150 on 1 Mar, and 150 on 1 Apr, forfeiting 50', () => {
    const world = new World().at('2024-01-20T08:00Z');
    world.subscribe('ada', 'sales-navigator-core');
    expect(world.balance('ada#sales-navigator')).toBe(50);
    expect(world.at('2024-01-31T23:59:59.999Z').balance('ada#sales-navigator')).toBe(50);
    expect(world.at('2024-04-01T00:00Z').renew('ada#sales-navigator')).toMatchObject([
      { at: '2024-02-01T00:00:00.000Z', delta: 50, forfeited: 0, balance: 100 },
      { at: '2024-03-01T00:00:00.000Z', delta: 50, forfeited: 0, balance: 150 },
      { at: '2024-04-01T00:00:00.000Z', delta: 0, forfeited: 50, balance: 150 },
    ]);
  });

  it('3: Business with 1 left and the job down: a send at the very midnight succeeds, leaves 15; the job finds nothing', () => {
    const world = new World().at('2024-04-10T09:00Z');
    world.subscribe('ada', 'premium-business');
    for (let sent = 1; sent <= 14; sent++) world.send({ from: 'ada', to: `member-${sent}` });
    expect(world.at('2024-05-09T23:59:59.999Z').balance('ada#premium')).toBe(1);
    const decision = world.at('2024-05-10T00:00:00.000Z').send({ from: 'ada', to: 'bob' });
    expect(decision).toMatchObject({ kind: 'sent', body: { at: '2024-05-10T00:00:00.000Z', balance: 15 } });
    expect(world.at('2024-05-10T00:05Z').renew('ada#premium')).toEqual([]);
    expect(world.ledger('ada#premium').slice(-2)).toMatchObject([
      { type: 'renewed', at: '2024-05-10T00:00:00.000Z', delta: 15, balance: 16 },
      { type: 'sent', at: '2024-05-10T00:00:00.000Z', delta: -1, balance: 15 },
    ]);
  });

  it.each([
    ['2024-05-30T12:00:00.000Z', { credit: 'returned' }, 'returned'],
    ['2024-05-30T12:00:00.001Z', { credit: 'lost', creditReason: 'late' }, 'sent'],
  ])('4: sent on 1 Mar at noon, a reply at %s finds its credit %j', (now, outcome, type) => {
    const world = new World().at('2024-03-01T09:00Z');
    world.subscribe('ada', 'premium-business');
    world.at('2024-03-01T12:00:00.000Z').send({ from: 'ada', to: 'bob' });
    for (const to of ['cyd', 'dan', 'eve']) world.at('2024-05-15T00:00Z').send({ from: 'ada', to });
    const balance = world.at(now).balance('ada#premium');
    const decision = world.respond('ada~bob~000001', { type: 'reply', text: 'Yes' });
    expect(decision).toMatchObject({ kind: 'answered', inmail: { ...outcome, response: { at: now } } });
    expect(world.ledger('ada#premium').at(-1)).toMatchObject({ type });
    expect(world.balance('ada#premium')).toBe(balance + (type === 'returned' ? 1 : 0));
  });

  it('5: Teams, anchor 20, to Core on 5 Mar with 42 left: +8, forfeiting 42; renews 1 Apr; back to Pro, renews 20 May', () => {
    const world = new World().at('2024-01-20T08:00Z');
    world.subscribe('ada', 'sales-navigator-teams');
    world.at('2024-02-21T08:00Z');
    for (let sent = 1; sent <= 18; sent++)
      world.send({ from: 'ada', to: `member-${sent}`, product: 'sales-navigator' });
    world.at('2024-03-05T08:00Z');
    expect(world.balance('ada#sales-navigator')).toBe(42);
    world.subscribe('ada', 'sales-navigator-core');
    expect(world.ledger('ada#sales-navigator').at(-1)).toMatchObject({
      type: 'plan-changed',
      delta: 8,
      forfeited: 42,
      balance: 50,
    });
    expect(world.at('2024-03-31T23:59:59.999Z').wallet('ada#sales-navigator').due).toEqual([]);
    expect(world.at('2024-04-01T00:00Z').wallet('ada#sales-navigator').due).toMatchObject([
      { at: '2024-04-01T00:00:00.000Z', delta: 50, balance: 100 },
    ]);
    world.at('2024-05-10T08:00Z').subscribe('ada', 'sales-navigator-pro');
    expect(world.at('2024-05-19T23:59:59.999Z').wallet('ada#sales-navigator').due).toEqual([]);
    expect(world.at('2024-05-20T00:00Z').wallet('ada#sales-navigator').due).toMatchObject([
      { at: '2024-05-20T00:00:00.000Z', delta: 20, balance: 40 },
    ]);
  });

  it('6: Career at 15 of 15, one InMail pending: the reply adds an entry returned, delta 0, forfeited 1', () => {
    const world = new World().at('2024-01-10T09:00Z');
    world.subscribe('ada', 'premium-career');
    world.at('2024-02-12T09:00Z').send({ from: 'ada', to: 'bob' });
    expect(world.at('2024-04-10T00:00Z').balance('ada#premium')).toBe(15);
    world.respond('ada~bob~000001', { type: 'reply', text: 'Yes' });
    expect(world.ledger('ada#premium').at(-1)).toMatchObject({ type: 'returned', delta: 0, forfeited: 1, balance: 15 });
    expect(world.inmail('ada~bob~000001')).toMatchObject({ status: 'replied', credit: 'lost', creditReason: 'at-cap' });
  });

  it('7: sent under Career, upgraded the next day, answered the day after: nothing comes back, the pair is free', () => {
    const world = new World().at('2024-01-10T09:00Z');
    world.subscribe('ada', 'premium-career');
    world.send({ from: 'ada', to: 'bob' });
    world.at('2024-01-11T09:00Z').subscribe('ada', 'premium-business');
    const ledger = [...world.ledger('ada#premium')];
    world.at('2024-01-12T09:00Z').respond('ada~bob~000001');
    expect(world.ledger('ada#premium')).toEqual(ledger);
    expect(world.balance('ada#premium')).toBe(15);
    expect(world.inmail('ada~bob~000001')).toMatchObject({ credit: 'lost', creditReason: 'term-ended' });
    expect(world.send({ from: 'ada', to: 'bob' })).toMatchObject({ kind: 'sent', inmail: { n: 2 } });
  });
});
