import { describe, expect, it } from 'vitest';
import { answer, type InMail } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { decideReplay, decideSend } from '../../shared/domain/sending.ts';
import type { Wallet } from '../../shared/domain/wallet.ts';
import {
  amountsOf,
  anInMail,
  aSend,
  aWallet,
  changesOf,
  entriesOf,
  noWallet,
  RESPONSES,
  wordsOf,
} from '../support/domain-builders.ts';

const NOON = '2024-01-20T12:00:00.000Z';
const free = { connected: false, last: undefined };
const answered = answer(anInMail(), { type: 'decline', at: instant(NOON) }, { credit: 'returned' });

const send = (wallet: Wallet, facts: { connected?: boolean; last?: InMail } = {}) =>
  decideSend(aSend(), { wallet, ...free, ...facts }, RULES);

describe('sending an InMail (R7)', () => {
  it('a send costs one credit of the wallet, and is one InMail', () => {
    const wallet = aWallet({ seq: 4, term: 2, balance: 3 }, NOON);
    const decision = send(wallet);
    const inmail = {
      ...aSend(),
      inmailId: 'ada~bob~000001',
      n: 1,
      term: 2,
      seq: 5,
      sentAt: NOON,
      status: 'pending',
    };
    expect(decision).toMatchObject({ kind: 'sent', inmail, body: { seq: 5, balance: 2 } });
    expect(changesOf(decision)).toEqual([
      {
        kind: 'append-entry',
        entry: {
          ...wallet.tail,
          seq: 5,
          at: NOON,
          type: 'sent',
          delta: -1,
          balance: 2,
          forfeited: 0,
          // 20 Jan 2024 is day 19742 since 1970.
          pending: '19742:5',
          rule: 'R7',
          inmailId: 'ada~bob~000001',
          prevHash: wallet.tail?.hash,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
      { kind: 'create-inmail', inmail },
    ]);
  });

  it.each([
    [15, 14],
    [2, 1],
    [1, 0],
  ])('a send with %i credits leaves %i', (balance, left) => {
    expect(entriesOf(send(aWallet({ balance })))).toMatchObject([{ delta: -1, balance: left, forfeited: 0 }]);
  });

  it('a send touches no wallet but that of the product it is sent from', () => {
    const wallet = aWallet({ walletId: 'ada#recruiter', plan: 'recruiter-lite', balance: 30 });
    const decision = decideSend(aSend({ product: 'recruiter' }), { wallet, ...free }, RULES);
    expect(decision).toMatchObject({ inmail: { product: 'recruiter' } });
    expect(entriesOf(decision)).toMatchObject([{ walletId: 'ada#recruiter', balance: 29 }]);
  });

  it.each([
    ['2024-02-09T23:59:59.999Z', 'refused', []],
    ['2024-02-10T00:00:00.000Z', 'sent', ['2 renewed 5', '3 sent 4']],
    ['2024-03-10T00:00:00.000Z', 'sent', ['2 renewed 5', '3 renewed 10', '4 sent 9']],
  ])(
    'a send with nothing left at %s is %s and writes %j, because renewals count from their midnight (R6)',
    (now, kind, written) => {
      const decision = send(aWallet({ balance: 0 }, now));
      expect(decision.kind).toBe(kind);
      expect(entriesOf(decision).map(({ seq, type, balance }) => `${seq} ${type} ${balance}`)).toEqual(written);
    },
  );

  it('a send by a clock that lags is dated like the entry before', () => {
    const decision = send(aWallet({}, '2024-01-10T08:00:00Z'));
    expect(decision).toMatchObject({ inmail: { sentAt: '2024-01-10T09:00:00.000Z' } });
    expect(entriesOf(decision).map(amountsOf)).toMatchObject([{ at: '2024-01-10T09:00:00.000Z' }]);
  });
});

describe('the refusals (R8)', () => {
  /** In the order of R8. Each says how to make it true, and what is answered. */
  const reasons = ['self', 'unsubscribed', 'connected', 'locked', 'spent'] as const;
  type Reason = (typeof reasons)[number];
  const answers: Record<Reason, object> = {
    self: { kind: 'refused', why: 'self-inmail' },
    unsubscribed: { kind: 'refused', why: 'no-active-subscription', product: 'premium' },
    connected: { kind: 'refused', why: 'already-connected', recipientId: 'bob' },
    locked: { kind: 'refused', why: 'response-pending', inmailId: 'ada~bob~000001' },
    spent: {
      kind: 'refused',
      why: 'insufficient-credits',
      product: 'premium',
      nextRenewal: { at: '2024-02-10T00:00:00.000Z', brings: 5, forfeits: 0 },
    },
  };
  const combinations = Array.from({ length: 31 }, (_, index) => reasons.filter((_, bit) => (index + 1) & (1 << bit)));

  function sendWith(holding: readonly Reason[]) {
    const has = (reason: Reason) => holding.includes(reason);
    const balance = has('spent') || has('unsubscribed') ? 0 : 5;
    const wallet = aWallet({ balance, type: has('unsubscribed') ? 'cancelled' : 'subscribed' }, NOON);
    const last = has('locked') ? anInMail() : undefined;
    const recipientId = has('self') ? 'ada' : 'bob';
    return decideSend(aSend({ recipientId }), { wallet, connected: has('connected'), last }, RULES);
  }

  const named = combinations.map((holding) => [holding.join(', '), holding[0] ?? 'self', holding] as const);

  it.each(named)('a send to which these reasons apply (%s) is refused for the first: %s', (_, first, holding) => {
    expect(sendWith(holding)).toEqual(answers[first]);
  });

  it('a send to which no reason applies is accepted', () => {
    expect(sendWith([])).toMatchObject({ kind: 'sent' });
  });

  it('a member who never subscribed has no active subscription', () => {
    expect(send(noWallet())).toEqual(answers.unsubscribed);
  });

  it.each([
    { plan: 'premium-business', at: '2024-02-10T00:00:00.000Z', brings: 15 },
    { plan: 'sales-navigator-core', at: '2024-02-01T00:00:00.000Z', brings: 50 },
  ])('a send without a credit on $plan is told what the next renewal brings and when', ({ plan, at, brings }) => {
    const decision = send(aWallet({ plan, balance: 0 }, NOON));
    expect(decision).toMatchObject({ why: 'insufficient-credits', nextRenewal: { at, brings, forfeits: 0 } });
  });
});

describe('one at a time (R9)', () => {
  const wallet = aWallet({ balance: 5 }, NOON);

  it.each(['pending', 'expired'] as const)('a pair whose last InMail is %s is locked', (status) => {
    const last = anInMail({ n: 3, status });
    expect(send(wallet, { last })).toEqual({ kind: 'refused', why: 'response-pending', inmailId: 'ada~bob~000003' });
  });

  it.each([['2024-04-09T10:00:00.000Z'], ['2024-04-09T10:00:00.001Z'], ['2034-01-10T10:00:00.000Z']])(
    'a pair stays locked at %s, with the 90 days ending or over',
    (now) => {
      expect(send(aWallet({}, now), { last: anInMail() })).toMatchObject({ why: 'response-pending' });
    },
  );

  it('a pair stays locked for another product, another term and a hidden InMail', () => {
    const last = anInMail({ product: 'recruiter', term: 9, hiddenBySender: true, hiddenByRecipient: true });
    expect(send(wallet, { last })).toMatchObject({ why: 'response-pending' });
  });

  it.each(RESPONSES.map((response) => [wordsOf(response), response] as const))(
    'a pair is free once the recipient has responded with %s',
    (_, response) => {
      const last = answer(anInMail({ n: 3 }), { ...response, at: instant(NOON) }, { credit: 'returned' });
      expect(send(wallet, { last })).toMatchObject({ kind: 'sent', inmail: { n: 4, inmailId: 'ada~bob~000004' } });
    },
  );

  it('a pair is free after a late response too, though nothing came back', () => {
    const last = answer(
      anInMail({ status: 'expired' }),
      { type: 'accept', at: instant(NOON) },
      {
        credit: 'lost',
        creditReason: 'late',
      },
    );
    expect(send(wallet, { last })).toMatchObject({ kind: 'sent', inmail: { n: 2 } });
  });
});

describe('a key that was used before', () => {
  const words = { product: 'premium', subject: 'A role', body: 'Would you like to talk?' } as const;
  const command = aSend(words);

  it.each([
    ['pending', anInMail(words)],
    ['expired', anInMail({ ...words, status: 'expired' })],
    ['answered', { ...answered, ...words }],
  ] as const)('a used key with the same request gives the same InMail, %s by now', (_, earlier) => {
    expect(decideReplay(earlier, command)).toEqual({ kind: 'replayed', inmail: earlier });
  });

  it.each([
    { product: 'recruiter' },
    { recipientId: 'carol' },
    { subject: 'A role ' },
    { body: 'Would you like to talk' },
    { subject: words.body, body: words.subject },
  ] as const)('a used key with another request, with %j, is refused', (other) => {
    expect(decideReplay(anInMail(words), { ...command, ...other })).toEqual({
      kind: 'refused',
      why: 'idempotency-key-reused',
    });
  });
});
