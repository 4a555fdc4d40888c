import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { decideCancellation, decideSubscription } from '../../shared/domain/subscribing.ts';
import { renewal } from '../../shared/domain/wallet.ts';
import {
  aBody,
  amountsOf,
  aWallet,
  changesOf,
  entriesOf,
  lastOf,
  noWallet,
  planOf,
} from '../support/domain-builders.ts';

const JAN_31 = '2024-01-31T15:00:00.000Z';

describe('subscribing (R1)', () => {
  it.each([
    ['premium-career', 'premium', 5, 31],
    ['premium-business', 'premium', 15, 31],
    ['sales-navigator-core', 'sales-navigator', 50, 1],
    ['sales-navigator-pro', 'sales-navigator', 20, 31],
    ['sales-navigator-teams', 'sales-navigator', 30, 31],
    ['sales-navigator-enterprise', 'sales-navigator', 50, 31],
    ['recruiter-lite', 'recruiter', 30, 31],
  ])(
    'subscribing to %s of %s grants %i at once, and the sweep finds it on day %i',
    (plan, product, allotment, renewalDay) => {
      const decision = decideSubscription(noWallet(`ada#${product}`, JAN_31), planOf(plan));
      expect(decision).toEqual({
        kind: 'changed',
        body: expect.objectContaining({ seq: 1, balance: allotment }),
        changes: [
          {
            kind: 'append-entry',
            entry: {
              walletId: `ada#${product}`,
              seq: 1,
              at: JAN_31,
              type: 'subscribed',
              delta: allotment,
              balance: allotment,
              forfeited: 0,
              term: 1,
              plan,
              anchorDay: 31,
              lastGrantOn: '2024-01-31',
              pending: '',
              rule: 'R1',
              prevHash: '0'.repeat(64),
              hash: expect.stringMatching(/^[0-9a-f]{64}$/),
            },
          },
          {
            kind: 'start-subscription',
            memberId: 'ada',
            product,
            plan,
            signedUpAt: JAN_31,
            anchorDay: 31,
            renewalDay,
            term: 1,
          },
        ],
      });
    },
  );

  it.each([
    ['2024-01-31T23:59:59.999Z', '2024-01-31', 31],
    ['2024-02-01T00:00:00.000Z', '2024-02-01', 1],
  ])('a member who subscribes at %s is signed up on %s in UTC, with anchor day %i', (now, lastGrantOn, anchorDay) => {
    const decision = decideSubscription(noWallet('ada#premium', now), planOf('premium-career'));
    expect(entriesOf(decision)).toMatchObject([{ lastGrantOn, anchorDay }]);
  });

  it.each(['premium-career', 'premium-business'])(
    'subscribing to %s after a cancellation sets a new anchor (R3)',
    (plan) => {
      const cancelled = aWallet({ seq: 9, type: 'cancelled', balance: 0, term: 2, anchorDay: 10 }, JAN_31);
      const decision = decideSubscription(cancelled, planOf(plan));
      const [entry, started] = changesOf(decision);
      expect(entry).toMatchObject({
        entry: { seq: 10, at: JAN_31, type: 'subscribed', term: 3, plan, anchorDay: 31, lastGrantOn: '2024-01-31' },
      });
      expect(entry).toMatchObject({ entry: { forfeited: 0, prevHash: cancelled.tail?.hash } });
      expect(started).toMatchObject({ kind: 'start-subscription', anchorDay: 31, renewalDay: 31, term: 3 });
    },
  );

  it.each([0, 4, 15])('subscribing to the current plan changes nothing, with %i credits left (R10)', (balance) => {
    const wallet = aWallet({ balance });
    expect(decideSubscription(wallet, planOf('premium-career'))).toEqual({ kind: 'unchanged', wallet });
  });

  it('subscribing to the current plan writes nothing even with renewals due, because the job writes those', () => {
    const wallet = aWallet({}, '2024-12-24T18:00:00Z');
    expect(decideSubscription(wallet, planOf('premium-career'))).toEqual({ kind: 'unchanged', wallet });
  });
});

describe('changing plan (R10)', () => {
  it.each([
    { was: 'premium-career', balance: 0, to: 'premium-business', delta: 15 },
    { was: 'premium-career', balance: 4, to: 'premium-business', delta: 11 },
    { was: 'premium-business', balance: 5, to: 'premium-career', delta: 0 },
    { was: 'premium-business', balance: 45, to: 'premium-career', delta: -40 },
  ])('changing from $was with $balance left to $to is one entry with delta $delta, and forfeits $balance', (row) => {
    const decision = decideSubscription(aWallet({ plan: row.was, balance: row.balance }, JAN_31), planOf(row.to));
    expect(entriesOf(decision)).toMatchObject([
      {
        seq: 2,
        at: JAN_31,
        type: 'plan-changed',
        delta: row.delta,
        forfeited: row.balance,
        balance: row.to === 'premium-business' ? 15 : 5,
        term: 2,
        plan: row.to,
        lastGrantOn: '2024-01-31',
        rule: 'R10',
      },
    ]);
  });

  it('changing plan keeps the anchor and the sign-up (R3), and starts a new term', () => {
    const decision = decideSubscription(aWallet({}, JAN_31), planOf('premium-business'));
    expect(entriesOf(decision)).toMatchObject([{ anchorDay: 10 }]);
    expect(changesOf(decision).slice(1)).toEqual([
      {
        kind: 'change-plan',
        memberId: 'ada',
        product: 'premium',
        plan: 'premium-business',
        renewalDay: 10,
        term: 2,
      },
    ]);
  });

  it.each([
    { from: 'sales-navigator-teams', to: 'sales-navigator-core', renewalDay: 1 },
    { from: 'sales-navigator-core', to: 'sales-navigator-pro', renewalDay: 20 },
    { from: 'sales-navigator-pro', to: 'sales-navigator-teams', renewalDay: 20 },
  ])('a change from $from to $to, signed up on a 20th, is found on day $renewalDay and keeps anchor 20', (row) => {
    const wallet = aWallet({ walletId: 'ada#sales-navigator', plan: row.from, anchorDay: 20 });
    const [entry, changed] = changesOf(decideSubscription(wallet, planOf(row.to)));
    expect(entry).toMatchObject({ entry: { anchorDay: 20 } });
    expect(changed).toMatchObject({ kind: 'change-plan', renewalDay: row.renewalDay });
  });

  it.each([
    ['2024-02-09T23:59:59.999Z', 'plan-changed', 5],
    ['2024-02-10T00:00:00.000Z', 'renewed, plan-changed', 10],
    ['2024-03-10T00:00:00.000Z', 'renewed, renewed, plan-changed', 15],
  ])('changing plan at %s writes %s and forfeits %i, because renewals due come first (R6)', (now, types, forfeited) => {
    const entries = entriesOf(decideSubscription(aWallet({}, now), planOf('premium-business')));
    expect(entries.map(({ type }) => type).join(', ')).toBe(types);
    expect(entries.at(-1)).toMatchObject({ at: now, balance: 15, delta: 15 - forfeited, forfeited });
  });

  it.each([
    ['2024-02-09T23:59:59.999Z', '2024-02-10T00:00:00.000Z'],
    ['2024-02-10T00:00:00.000Z', '2024-03-10T00:00:00.000Z'],
    ['2024-02-10T23:59:59.999Z', '2024-03-10T00:00:00.000Z'],
    ['2024-02-11T00:00:00.000Z', '2024-03-10T00:00:00.000Z'],
  ])('a plan changed at %s, with anchor day 10, renews at %s (R5)', (now, next) => {
    const plan = planOf('premium-business');
    const changed = lastOf(entriesOf(decideSubscription(aWallet({}, now), plan)));
    expect(renewal(changed, plan, RULES).at).toBe(next);
  });
});

describe('cancelling (R11)', () => {
  it.each([0, 1, 15])('cancelling with %i credits left forfeits them all', (balance) => {
    const decision = decideCancellation(aWallet({ balance }, JAN_31));
    expect(entriesOf(decision)).toMatchObject([
      {
        seq: 2,
        at: JAN_31,
        type: 'cancelled',
        delta: 0 - balance,
        balance: 0,
        forfeited: balance,
        term: 2,
        plan: 'premium-career',
        rule: 'R11',
      },
    ]);
    expect(changesOf(decision).slice(1)).toEqual([
      { kind: 'end-subscription', memberId: 'ada', product: 'premium', term: 2 },
    ]);
  });

  it('cancelling also forfeits what the renewals due have brought (R6)', () => {
    const entries = entriesOf(decideCancellation(aWallet({ balance: 3 }, '2024-02-10T00:00:00Z')));
    expect(entries.map(amountsOf)).toMatchObject([
      { type: 'renewed', at: '2024-02-10T00:00:00.000Z', delta: 5, balance: 8 },
      { type: 'cancelled', at: '2024-02-10T00:00:00.000Z', delta: -8, forfeited: 8, balance: 0 },
    ]);
  });

  it('cancelling twice changes nothing', () => {
    const wallet = aWallet({ type: 'cancelled', balance: 0 }, '2025-01-10T09:00:00Z');
    expect(decideCancellation(wallet)).toEqual({ kind: 'unchanged' });
  });

  it('cancelling a product that was never subscribed to is refused', () => {
    expect(decideCancellation(noWallet())).toEqual({ kind: 'refused', why: 'not-found' });
  });
});

describe('a clock that lags', () => {
  it.each([
    [
      'subscribing',
      decideSubscription(aWallet({ type: 'cancelled', balance: 0 }, '2024-01-10T08:00:00Z'), planOf('premium-career')),
    ],
    ['changing plan', decideSubscription(aWallet({}, '2024-01-10T08:00:00Z'), planOf('premium-business'))],
    ['cancelling', decideCancellation(aWallet({}, '2024-01-10T08:00:00Z'))],
  ])('%s is dated no earlier than the entry before', (_, decision) => {
    expect(entriesOf(decision)).toMatchObject([{ at: aBody().at }]);
    expect(aBody().at).toBe(instant('2024-01-10T09:00:00Z'));
  });
});
