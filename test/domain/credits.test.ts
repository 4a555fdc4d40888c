import { describe, expect, it } from 'vitest';
import { creditsOf, nextRenewalOf, pendingReturnsOf, pendingSeqsOf } from '../../shared/domain/credits.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { EntryBody } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { isActive } from '../../shared/domain/wallet.ts';
import { aBody, aWallet, day, noWallet, SMALL_RULES } from '../support/domain-builders.ts';
import { World } from './world.ts';

const NOON = instant('2024-01-20T12:00:00Z');

describe('the credits that a member sees (R17)', () => {
  it.each([
    ['premium', 'premium-career', 15, 5, '2024-02-10T00:00:00.000Z'],
    ['premium', 'premium-business', 45, 15, '2024-02-10T00:00:00.000Z'],
    ['sales-navigator', 'sales-navigator-core', 150, 50, '2024-02-01T00:00:00.000Z'],
    ['sales-navigator', 'sales-navigator-pro', 60, 20, '2024-02-10T00:00:00.000Z'],
    ['recruiter', 'recruiter-lite', 120, 30, '2024-02-10T00:00:00.000Z'],
  ])(
    'the credits of %s under %s have cap %i, allotment %i and the next renewal at %s',
    (product, plan, cap, allotment, at) => {
      const state = aBody({ walletId: `ada#${product}`, plan, balance: 4 });
      expect(creditsOf(state, NOON, RULES)).toEqual({
        memberId: 'ada',
        product,
        asOf: NOON,
        plan,
        balance: 4,
        cap,
        allotment,
        nextRenewal: { at, brings: allotment, forfeits: 0 },
      });
    },
  );

  it.each([
    [0, 5, 0],
    [10, 5, 0],
    [11, 4, 1],
    [14, 1, 4],
    [15, 0, 5],
  ])('the next renewal of a wallet with %i of 15 will bring %i and forfeit %i', (balance, brings, forfeits) => {
    expect(nextRenewalOf(aBody({ balance }), RULES)).toEqual({ at: '2024-02-10T00:00:00.000Z', brings, forfeits });
  });

  it('the next renewal brings exactly what was announced', () => {
    const state = aBody({ at: instant('2024-05-31T08:00:00Z'), balance: 12 });
    const { at, brings, forfeits } = nextRenewalOf(state, RULES);
    const wallet = aWallet(state, at);
    expect(wallet.due).toMatchObject([{ at, delta: brings, forfeited: forfeits }]);
    expect(aWallet(state, new Date(Date.parse(at) - 1).toISOString()).due).toEqual([]);
  });

  it.each([
    { granted: '2024-05-20', brings: 1 },
    { granted: '2024-06-20', brings: 3 },
  ])('the renewal after $granted announces $brings when the allotment grows on 15 Jul', ({ granted, brings }) => {
    const facts = { walletId: 'ada#recruiter', plan: 'growing', balance: 0, anchorDay: 20, lastGrantOn: day(granted) };
    expect(nextRenewalOf(aBody(facts), SMALL_RULES)).toMatchObject({ brings, forfeits: 0 });
  });

  it('a cancelled wallet has no plan and no renewal, and its numbers are 0', () => {
    const state = aBody({ type: 'cancelled', balance: 0 });
    expect(creditsOf(state, NOON, RULES)).toEqual({
      memberId: 'ada',
      product: 'premium',
      asOf: NOON,
      plan: null,
      balance: 0,
      cap: 0,
      allotment: 0,
      nextRenewal: null,
    });
  });
});

describe('the InMails whose credit can still come back (R17, R13)', () => {
  const SENT_AT = '2024-03-01T12:00:00.000Z';

  /** Ada has written to Bob on 1 Mar at noon and to Cyd an hour later. */
  function aWorld(): World {
    const world = new World().at('2024-02-20T09:00Z');
    world.subscribe('ada', 'premium-business');
    world.at(SENT_AT).send({ from: 'ada', to: 'bob' });
    world.at('2024-03-01T13:00:00.000Z').send({ from: 'ada', to: 'cyd' });
    return world;
  }

  const listed = (world: World) =>
    pendingReturnsOf(world.wallet('ada#premium'), world.ledger('ada#premium'), world.rules);
  const recipients = (world: World) => listed(world).map(({ recipientId }) => recipientId);

  it('pending returns are listed oldest first, each with the last instant at which a response returns its credit', () => {
    expect(listed(aWorld())).toEqual([
      {
        inmailId: 'ada~bob~000001',
        recipientId: 'bob',
        sentAt: SENT_AT,
        returnableUntil: '2024-05-30T12:00:00.000Z',
      },
      {
        inmailId: 'ada~cyd~000001',
        recipientId: 'cyd',
        sentAt: '2024-03-01T13:00:00.000Z',
        returnableUntil: '2024-05-30T13:00:00.000Z',
      },
    ]);
  });

  it('pending returns are the same from a ledger read newest first', () => {
    const world = aWorld();
    const newestFirst = world.ledger('ada#premium').toReversed();
    expect(pendingReturnsOf(world.wallet('ada#premium'), newestFirst, RULES)).toEqual(listed(world));
  });

  it.each([
    ['2024-05-30T11:59:59.999Z', ['bob', 'cyd']],
    ['2024-05-30T12:00:00.000Z', ['bob', 'cyd']],
    ['2024-05-30T12:00:00.001Z', ['cyd']],
    ['2024-05-30T13:00:00.000Z', ['cyd']],
    ['2024-05-30T13:00:00.001Z', []],
  ])('the pending returns at %s are those of the InMails to %j', (now, expected) => {
    expect(recipients(aWorld().at(now))).toEqual(expected);
  });

  it.each([
    ['2024-05-30T12:00:00.000Z', [2, 3]],
    ['2024-05-30T23:59:59.999Z', [2, 3]],
    ['2024-05-31T00:00:00.000Z', []],
  ])('the pending returns at %s are looked for in the entries %j and in no other', (now, seqs) => {
    expect(pendingSeqsOf(aWorld().at(now).wallet('ada#premium'), RULES)).toEqual(seqs);
  });

  it('an InMail leaves the pending returns once it is answered', () => {
    const world = aWorld();
    world.respond('ada~bob~000001');
    expect(recipients(world)).toEqual(['cyd']);
  });

  it('an InMail answered at the cap leaves the pending returns, though nothing came back', () => {
    const world = aWorld().at('2024-05-20T00:00:00Z');
    expect(world.balance('ada#premium')).toBe(45);
    world.respond('ada~bob~000001');
    expect(world.ledger('ada#premium').at(-1)).toMatchObject({ type: 'returned', delta: 0, forfeited: 1 });
    expect(recipients(world)).toEqual(['cyd']);
  });

  it('the next InMail to the same recipient joins the pending returns', () => {
    const world = aWorld();
    world.respond('ada~bob~000001');
    world.send({ from: 'ada', to: 'bob' });
    expect(listed(world).map(({ inmailId }) => inmailId)).toEqual(['ada~cyd~000001', 'ada~bob~000002']);
  });

  it('pending returns last through renewals, written or not', () => {
    const world = aWorld().at('2024-04-20T00:00:00Z');
    expect(recipients(world)).toEqual(['bob', 'cyd']);
    world.renew('ada#premium');
    expect(recipients(world)).toEqual(['bob', 'cyd']);
  });

  it.each([
    ['changing plan', (world: World) => world.subscribe('ada', 'premium-career')],
    ['cancelling', (world: World) => world.cancel('ada', 'premium')],
  ])('pending returns end with the term, so none is left after %s', (_, endTerm) => {
    const world = aWorld();
    endTerm(world);
    expect(listed(world)).toEqual([]);
    world.subscribe('ada', 'premium-business');
    expect(isActive(world.wallet('ada#premium'))).toBe(true);
    expect(listed(world)).toEqual([]);
    world.send({ from: 'ada', to: 'dan' });
    expect(recipients(world)).toEqual(['dan']);
  });

  it.each<[string, Partial<EntryBody>]>([
    ['a wallet that has sent nothing', {}],
    ['a renewal', { type: 'renewed' }],
    ['a sent entry without an InMail, which no rule writes', { type: 'sent' }],
  ])('there are no pending returns for %s', (_, facts) => {
    const wallet = aWallet(facts);
    expect(pendingReturnsOf(wallet, wallet.tail ? [wallet.tail] : [], RULES)).toEqual([]);
  });

  it('there are no pending returns for a wallet that never was', () => {
    expect(pendingReturnsOf(noWallet(), [], RULES)).toEqual([]);
  });
});
