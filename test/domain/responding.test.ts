import { describe, expect, it } from 'vitest';
import { answer, type ResponseGiven } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { EntryBody } from '../../shared/domain/ledger.ts';
import { decideResponse } from '../../shared/domain/responding.ts';
import { RULES } from '../../shared/domain/rules.ts';
import {
  anInMail,
  aWallet,
  changesOf,
  changesOfKind,
  day,
  entriesOf,
  RESPONSES,
  wordsOf,
} from '../support/domain-builders.ts';

const SENT_AT = instant('2024-03-01T12:00:00Z');
const NEXT_DAY = '2024-03-02T12:00:00.000Z';
const ACCEPT: ResponseGiven = { type: 'accept' };
const inmail = anInMail({ sentAt: SENT_AT });

/** Ada's wallet after the send on 1 Mar. Unless `facts` say otherwise, nothing is due before 1 Apr. */
const paying = (facts: Partial<EntryBody> = {}, now = NEXT_DAY) =>
  aWallet({ seq: 2, type: 'sent', at: SENT_AT, balance: 4, anchorDay: 1, ...facts }, now);
/** The same, with every renewal up to the last day of the window written. */
const renewedInMay = (now: string) =>
  paying({ seq: 5, type: 'renewed', at: instant('2024-05-30T00:00:00Z'), anchorDay: 30 }, now);

describe('responding (R12)', () => {
  const named = RESPONSES.map((response) => [wordsOf(response), response] as const);

  it.each(named)('the response %s frees the pair and returns the credit', (_, response) => {
    const wallet = paying();
    const decision = decideResponse(inmail, response, wallet, RULES);
    const status = { accept: 'accepted', decline: 'declined', reply: 'replied', 'quick-reply': 'quick-replied' };
    const answered = {
      ...inmail,
      status: status[response.type],
      response: { ...response, at: NEXT_DAY },
      credit: 'returned',
    };
    expect(decision).toMatchObject({ kind: 'answered', inmail: answered });
    expect(changesOf(decision)).toEqual([
      {
        kind: 'append-entry',
        entry: {
          ...wallet.tail,
          seq: 3,
          at: NEXT_DAY,
          type: 'returned',
          delta: 1,
          balance: 5,
          forfeited: 0,
          rule: 'R13',
          inmailId: 'ada~bob~000001',
          prevHash: wallet.tail?.hash,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
      { kind: 'record-response', inmail: answered },
    ]);
  });

  const twice = named.flatMap(([first, one]) =>
    named.filter(([, other]) => other !== one).map(([second, other]) => [first, second, one, other] as const),
  );

  it.each(twice)('a response after the response %s is refused: %s', (_first, _second, one, other) => {
    const answered = answer(inmail, { ...one, at: SENT_AT }, { credit: 'returned' });
    expect(decideResponse(answered, other, paying(), RULES)).toEqual({
      kind: 'refused',
      why: 'already-responded',
      inmailId: 'ada~bob~000001',
    });
  });

  it('a reply with another text is another response', () => {
    const answered = answer(inmail, { type: 'reply', text: 'Yes', at: SENT_AT }, { credit: 'returned' });
    const decision = decideResponse(answered, { type: 'reply', text: 'yes' }, paying(), RULES);
    expect(decision).toMatchObject({ kind: 'refused', why: 'already-responded' });
  });

  it.each(named)('the response %s given again changes nothing, and the first one stands', (_, response) => {
    const answered = answer(inmail, { ...response, at: SENT_AT }, { credit: 'lost', creditReason: 'term-ended' });
    const decision = decideResponse(answered, response, paying({}, '2024-06-30T00:00:00Z'), RULES);
    expect(decision).toEqual({ kind: 'answered-before', inmail: answered });
  });
});

describe('the 90 days (R13)', () => {
  it.each([
    ['2024-03-01T12:00:00.000Z', 'the moment it was sent'],
    ['2024-03-01T12:00:00.001Z', 'a millisecond after'],
    ['2024-05-30T11:59:59.999Z', 'a millisecond before the end'],
    ['2024-05-30T12:00:00.000Z', 'the last instant of the 90th day'],
  ])('a reply at %s, %s, returns the credit', (now) => {
    const wallet = now < '2024-05-30' ? paying({}, now) : renewedInMay(now);
    const decision = decideResponse(inmail, { type: 'reply', text: 'Yes' }, wallet, RULES);
    expect(decision).toMatchObject({ inmail: { status: 'replied', credit: 'returned', response: { at: now } } });
    expect(entriesOf(decision).at(-1)).toMatchObject({ type: 'returned', at: now, delta: 1, forfeited: 0 });
  });

  it.each(['2024-05-30T12:00:00.001Z', '2024-05-31T00:00:00.000Z', '2034-01-01T00:00:00.000Z'])(
    'a late response at %s frees the pair and writes no entry',
    (now) => {
      const decision = decideResponse(inmail, ACCEPT, renewedInMay(now), RULES);
      expect(changesOf(decision)).toEqual([
        {
          kind: 'record-response',
          inmail: {
            ...inmail,
            status: 'accepted',
            response: { type: 'accept', at: now },
            credit: 'lost',
            creditReason: 'late',
          },
        },
      ]);
    },
  );

  it('an InMail that was written down as expired can still be answered, late', () => {
    const expired = anInMail({ sentAt: SENT_AT, status: 'expired' });
    const decision = decideResponse(expired, ACCEPT, renewedInMay('2024-06-01T00:00:00Z'), RULES);
    expect(changesOfKind('record-response', decision)).toMatchObject([
      { inmail: { status: 'accepted', credit: 'lost', creditReason: 'late' } },
    ]);
    expect(entriesOf(decision)).toEqual([]);
  });

  it.each([
    ['2024-03-03T12:00:00.000Z', 'returned'],
    ['2024-03-03T12:00:00.001Z', 'lost'],
  ])('a reply at %s under a window of two days finds its credit %s', (now, credit) => {
    const decision = decideResponse(inmail, ACCEPT, paying({}, now), { ...RULES, returnWindowHours: 48 });
    expect(decision).toMatchObject({ inmail: { credit } });
  });
});

describe('the cap (R13)', () => {
  it.each([
    [13, 1, 0, { credit: 'returned' }],
    [14, 1, 0, { credit: 'returned' }],
    [15, 0, 1, { credit: 'lost', creditReason: 'at-cap' }],
  ])('a response to a wallet with %i of 15 returns %i and forfeits %i', (before, delta, forfeited, outcome) => {
    const decision = decideResponse(inmail, ACCEPT, paying({ balance: before }), RULES);
    expect(decision).toMatchObject({ kind: 'answered', inmail: outcome });
    const balance = before + delta;
    expect(entriesOf(decision)).toMatchObject([{ type: 'returned', delta, forfeited, balance, rule: 'R13' }]);
  });

  it.each([
    { now: '2024-03-31T23:59:59.999Z', types: ['returned'], balance: 12 },
    { now: '2024-04-01T00:00:00.000Z', types: ['renewed', 'returned'], balance: 15 },
  ])('a response at $now writes $types, because renewals due fill the wallet first (R6)', ({ now, types, balance }) => {
    const entries = entriesOf(decideResponse(inmail, ACCEPT, paying({ balance: 11 }, now), RULES));
    expect(entries.map(({ type }) => type)).toEqual(types);
    expect(entries.at(-1)).toMatchObject({ at: now, delta: types.length === 1 ? 1 : 0, balance });
  });
});

describe('the term that paid (R13)', () => {
  it.each([
    ['a plan change', paying({ type: 'plan-changed', plan: 'premium-business', term: 2, balance: 15 })],
    ['a plan change and back', paying({ type: 'plan-changed', term: 3 })],
    ['a cancellation', paying({ type: 'cancelled', term: 2, balance: 0 })],
    ['a new sign-up', paying({ type: 'subscribed', term: 3 })],
    ['renewals of a later term', paying({ type: 'renewed', term: 2, lastGrantOn: day('2024-03-01') })],
  ])('a response after the term was ended by %s frees the pair, returns nothing and writes no entry', (_, wallet) => {
    const decision = decideResponse(inmail, ACCEPT, wallet, RULES);
    expect(changesOf(decision)).toMatchObject([
      {
        kind: 'record-response',
        inmail: { inmailId: inmail.inmailId, status: 'accepted', credit: 'lost', creditReason: 'term-ended' },
      },
    ]);
  });

  it('the term that paid goes on through renewals', () => {
    const wallet = paying({ type: 'renewed', term: 1, seq: 9 });
    expect(entriesOf(decideResponse(inmail, ACCEPT, wallet, RULES))).toMatchObject([{ type: 'returned', term: 1 }]);
  });

  it.each(['hiddenBySender', 'hiddenByRecipient'] as const)(
    'a response to an InMail that is %s returns its credit',
    (hidden) => {
      const decision = decideResponse({ ...inmail, [hidden]: true }, ACCEPT, paying(), RULES);
      expect(decision).toMatchObject({ inmail: { credit: 'returned', [hidden]: true } });
    },
  );
});

describe('a clock that lags', () => {
  it('a clock that lags dates the response no earlier than the entry before it', () => {
    const decision = decideResponse(inmail, ACCEPT, paying({}, '2024-03-01T11:59:59Z'), RULES);
    expect(decision).toMatchObject({ inmail: { response: { at: SENT_AT } } });
    expect(entriesOf(decision)).toMatchObject([{ at: SENT_AT }]);
  });
});
