import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, instant } from '../../shared/domain/instant.ts';
import { type Entry, seal } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { decideCancellation } from '../../shared/domain/subscribing.ts';
import { entriesFor, follow, grantOf, isActive, renewalsDue, walletAt } from '../../shared/domain/wallet.ts';
import { aBody, amountsOf, anEntry, aWallet, day, entriesOf, noWallet, only } from '../support/domain-builders.ts';

describe('renewing (R2)', () => {
  it.each([
    [0, 5, 0],
    [1, 5, 0],
    [9, 5, 0],
    [10, 5, 0],
    [11, 4, 1],
    [14, 1, 4],
    [15, 0, 5],
  ])(
    'a renewal at %i of 15 adds what fits of the allotment of 5, which is %i, and forfeits %i',
    (balance, delta, forfeited) => {
      const wallet = aWallet({ balance }, '2024-02-10T00:00:00Z');
      expect(wallet.due).toEqual([
        {
          ...aBody({ balance }),
          seq: 2,
          at: '2024-02-10T00:00:00.000Z',
          type: 'renewed',
          delta,
          forfeited,
          balance: balance + delta,
          lastGrantOn: '2024-02-10',
          rule: 'R2',
        },
      ]);
      expect(wallet.state).toEqual(only(wallet.due));
    },
  );

  it('a credit never expires: a full wallet is still full after ten years of renewals', () => {
    expect(aWallet({ balance: 15 }, '2034-01-10T00:00:00Z').state?.balance).toBe(15);
  });

  it('renewing applies the cap at each renewal, not once to the sum', () => {
    const { due } = aWallet({ balance: 4 }, '2024-05-10T00:00:00Z');
    expect(due.map(({ delta, forfeited }) => [delta, forfeited])).toEqual([
      [5, 0],
      [5, 0],
      [1, 4],
      [0, 5],
    ]);
  });

  it('renewing does nothing for a wallet that was cancelled, however long ago', () => {
    const wallet = aWallet({ type: 'cancelled', balance: 0 }, '2034-01-10T00:00:00Z');
    expect(wallet).toMatchObject({ due: [], state: { type: 'cancelled', balance: 0 } });
    expect(isActive(wallet)).toBe(false);
  });

  it('renewing does nothing for a wallet that never was', () => {
    const wallet = noWallet('ada#premium', '2034-01-10T00:00:00Z');
    expect(wallet).toMatchObject({ due: [], state: undefined, at: '2034-01-10T00:00:00.000Z' });
    expect(isActive(wallet)).toBe(false);
  });
});

describe('the wallet at an instant (R6)', () => {
  it.each([
    ['2024-02-09T23:59:59.999Z', 0, 5],
    ['2024-02-10T00:00:00.000Z', 1, 10],
    ['2024-02-10T00:00:00.001Z', 1, 10],
    ['2024-03-09T23:59:59.999Z', 1, 10],
    ['2024-03-10T00:00:00.000Z', 2, 15],
    ['2025-01-10T00:00:00.000Z', 12, 15],
  ])('the wallet at %s has %i renewals behind it and %i credits, though no job has run', (now, renewals, balance) => {
    const wallet = aWallet({}, now);
    expect(wallet.due).toHaveLength(renewals);
    expect(wallet).toMatchObject({ at: now, state: { balance }, tail: { seq: 1 } });
    expect(isActive(wallet)).toBe(true);
  });

  it('a wallet dates each renewal at its own midnight', () => {
    const { due } = aWallet({ at: instant('2024-01-31T15:00:00Z') }, '2024-04-30T17:45:00Z');
    expect(due.map(({ at, seq, lastGrantOn }) => [seq, at, lastGrantOn])).toEqual([
      [2, '2024-02-29T00:00:00.000Z', '2024-02-29'],
      [3, '2024-03-31T00:00:00.000Z', '2024-03-31'],
      [4, '2024-04-30T00:00:00.000Z', '2024-04-30'],
    ]);
  });

  it('a wallet can be read at the last instant there is', () => {
    const { due } = aWallet({}, '2999-12-31T23:59:59.999Z');
    expect(due).toHaveLength((2999 - 2024) * 12 + 11);
    expect(due.at(-1)).toMatchObject({ at: '2999-12-10T00:00:00.000Z', balance: 15 });
  });

  it('a wallet has no renewals due once they are written', () => {
    const { tail, due } = aWallet({}, '2024-06-15T00:05:00Z');
    const written = seal(tail, due).at(-1);
    expect(walletAt('ada#premium', written, instant('2024-06-15T00:05:00Z'), RULES)).toMatchObject({
      due: [],
      state: { seq: 6, balance: 15 },
    });
  });

  it.each([
    ['2024-01-10T08:59:59.999Z', '2024-01-10T09:00:00.000Z'],
    ['2024-01-10T09:00:00.000Z', '2024-01-10T09:00:00.000Z'],
    ['2024-01-10T09:00:00.001Z', '2024-01-10T09:00:00.001Z'],
  ])('a wallet asked for at %s by a clock that may lag is at %s, because time never goes back', (now, at) => {
    expect(aWallet({}, now).at).toBe(at);
  });

  it('a wallet has renewals due by the later clock when another machine was ahead', () => {
    const sent = { type: 'sent', at: instant('2024-02-10T00:00:00Z'), lastGrantOn: day('2024-01-10') } as const;
    expect(aWallet({ ...sent, anchorDay: 10 }, '2024-02-09T23:59:59.999Z').due).toHaveLength(1);
  });
});

describe('the next entry', () => {
  it('the next entry keeps term, plan, anchor and last grant, counts on, and cites its rule', () => {
    const state = aBody({ seq: 7, term: 3, balance: 2, anchorDay: 31, lastGrantOn: day('2024-01-31') });
    const at = instant('2024-02-01T10:00:00Z');
    expect(follow(state, { type: 'sent', at, delta: -1, forfeited: 0, inmailId: 'ada~bob~000001' })).toEqual({
      ...state,
      seq: 8,
      at,
      type: 'sent',
      delta: -1,
      balance: 1,
      rule: 'R7',
      inmailId: 'ada~bob~000001',
    });
  });

  it('the next entry does not inherit the InMail of the entry before', () => {
    const state = aBody({ type: 'sent', inmailId: 'ada~bob~000001' });
    const next = follow(state, { type: 'renewed', at: state.at, delta: 5, forfeited: 0 });
    expect(next).not.toHaveProperty('inmailId');
  });

  it('the next entry is written after the renewals due before it, chained onto the tail', () => {
    const wallet = aWallet({}, '2024-03-15T12:00:00Z');
    const body = follow(aBody({ seq: 3, balance: 15 }), { type: 'sent', at: wallet.at, delta: -1, forfeited: 0 });
    const entries = entriesFor(wallet, body);
    expect(entries.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['2 renewed', '3 renewed', '4 sent']);
    expect(entries.map(({ prevHash }) => prevHash)).toEqual(
      [wallet.tail, ...entries].slice(0, 3).map((before) => before?.hash),
    );
  });

  it('the next entry is held to the cap of the day it is written', () => {
    expect(grantOf(aBody(), instant('2024-02-01T00:00:00Z'), RULES)).toMatchObject({ allotment: 5, cap: 15 });
  });
});

describe('laws of rolling a wallet forward', () => {
  const plans = [...RULES.catalogue.values()];
  const signUps = fc.integer({ min: Date.parse('2019-01-01'), max: Date.parse('2025-01-01') });
  const tails = fc
    .record({ plan: fc.constantFrom(...plans), at: signUps, fill: fc.integer({ min: 0, max: 150 }) })
    .map(({ plan, at, fill }) =>
      anEntry({ at: instant(at), plan: plan.plan, balance: Math.min(fill, plan.grants[0].cap) }),
    );
  const waits = fc.array(fc.integer({ min: 0, max: 100 * 86_400_000 }), { maxLength: 20 });

  it('rolling forward in one step or in many writes the same entries', () => {
    fc.assert(
      fc.property(tails, waits, (tail, steps) => {
        let now = Date.parse(tail.at);
        let stepwise: Entry[] = [tail];
        for (const wait of steps) {
          now += wait;
          const last = stepwise.at(-1);
          stepwise = [...stepwise, ...seal(last, walletAt(tail.walletId, last, instant(now), RULES).due)];
        }
        const atOnce = seal(tail, walletAt(tail.walletId, tail, instant(now), RULES).due);
        expect(stepwise.slice(1)).toEqual(atOnce);
      }),
      { numRuns: 300 },
    );
  });

  it('a renewal is not there one millisecond before its midnight, and at its midnight it is', () => {
    fc.assert(
      fc.property(tails, fc.nat(30), (tail, months) => {
        const due = renewalsDue(tail, instant('2029-01-01T00:00:00Z'), RULES);
        const renewal = due[months % due.length];
        if (!renewal) throw new Error('four years without a renewal');
        const before = renewalsDue(tail, instant(Date.parse(renewal.at) - 1), RULES);
        const after = renewalsDue(tail, renewal.at, RULES);
        expect(after).toEqual([...before, renewal]);
        expect(renewal.at).toBe(`${renewal.lastGrantOn}T00:00:00.000Z`);
        expect(renewal.lastGrantOn > dateOf(tail.at)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('no renewal or cancellation ever makes a number −0', () => {
    fc.assert(
      fc.property(tails, fc.nat(900), (tail, days) => {
        const wallet = walletAt(tail.walletId, tail, instant(Date.parse(tail.at) + days * 86_400_000), RULES);
        const bodies = entriesOf(decideCancellation({ ...wallet, walletId: 'ada#premium' }));
        const numbers = bodies.map(amountsOf).flatMap(({ delta, forfeited, balance }) => [delta, forfeited, balance]);
        expect(numbers.filter((number) => Object.is(number, -0))).toEqual([]);
        expect(bodies.at(-1)).toMatchObject({ type: 'cancelled', balance: 0 });
      }),
      { numRuns: 300 },
    );
  });
});
