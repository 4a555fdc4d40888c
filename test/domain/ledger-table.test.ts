import { describe, expect, it } from 'vitest';
import { answer } from '../../shared/domain/inmail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { decideResponse } from '../../shared/domain/responding.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { decideSend } from '../../shared/domain/sending.ts';
import { decideCancellation, decideSubscription } from '../../shared/domain/subscribing.ts';
import {
  amountsOf,
  anInMail,
  aSend,
  aWallet,
  entriesOf,
  lastOf,
  noWallet,
  planOf,
} from '../support/domain-builders.ts';
import { storyBooks } from './story.ts';

const NOON = instant('2024-01-20T12:00:00Z');
const BALANCES = [0, 1, 4, 5, 10, 11, 14, 15];

/** The wallet of Career holding `balance` of 15. */
const holding = (balance: number, now: Instant = NOON) => aWallet({ balance }, now);
const columns = (decision: { readonly kind: string }) => {
  const { delta, forfeited, balance } = amountsOf(lastOf(entriesOf(decision)));
  return { delta, forfeited, balance };
};

/** The table of docs/rules.md, The ledger: delta and forfeited, row by row. */
describe('the table of the ledger', () => {
  it.each([
    ['premium-career', 5],
    ['premium-business', 15],
  ])('an entry `subscribed` to %s has delta + %i and forfeited 0', (plan, allotment) => {
    const decision = decideSubscription(noWallet(), planOf(plan));
    expect(columns(decision)).toEqual({ delta: allotment, forfeited: 0, balance: allotment });
  });

  it.each(BALANCES)(
    'an entry `renewed` at balance %i adds what fits under the cap and forfeits the rest of the allotment',
    (balance) => {
      const delta = Math.min(5, 15 - balance);
      const { due } = holding(balance, instant('2024-02-10T00:00:00Z'));
      expect(due.map(amountsOf)).toMatchObject([{ delta, forfeited: 5 - delta, balance: balance + delta }]);
    },
  );

  it.each(BALANCES.slice(1))('an entry `sent` at balance %i has delta −1 and forfeited 0', (balance) => {
    const decision = decideSend(aSend(), { wallet: holding(balance), connected: false, last: undefined }, RULES);
    expect(columns(decision)).toEqual({ delta: -1, forfeited: 0, balance: balance - 1 });
  });

  it.each(BALANCES)('an entry `returned` at balance %i adds 1, or at the cap adds 0 and forfeits 1', (balance) => {
    const decision = decideResponse(anInMail(), { type: 'accept' }, holding(balance), RULES);
    const row = balance < 15 ? { delta: 1, forfeited: 0 } : { delta: 0, forfeited: 1 };
    expect(columns(decision)).toEqual({ ...row, balance: Math.min(15, balance + 1) });
  });

  it.each(BALANCES)(
    'an entry `plan-changed` at balance %i adds the new allotment less the old balance, which it forfeits',
    (balance) => {
      const decision = decideSubscription(holding(balance), planOf('premium-business'));
      expect(columns(decision)).toEqual({ delta: 15 - balance, forfeited: balance, balance: 15 });
    },
  );

  it.each(BALANCES)(
    'an entry `cancelled` at balance %i takes and forfeits the balance, and never has −0',
    (balance) => {
      expect(columns(decideCancellation(holding(balance)))).toEqual({
        delta: balance === 0 ? 0 : -balance,
        forfeited: balance,
        balance: 0,
      });
    },
  );
});

describe('decisions that write no entry', () => {
  const answered = answer(anInMail(), { type: 'accept', at: NOON }, { credit: 'returned' });

  it.each([
    ['a refused send', decideSend(aSend(), { wallet: holding(0), connected: false, last: undefined }, RULES)],
    ['subscribing to the current plan', decideSubscription(holding(3), planOf('premium-career'))],
    ['cancelling twice', decideCancellation(aWallet({ type: 'cancelled', balance: 0 }))],
    ['cancelling a wallet that never was', decideCancellation(noWallet())],
    ['the same response again', decideResponse(answered, { type: 'accept' }, holding(3), RULES)],
    ['another response', decideResponse(answered, { type: 'decline' }, holding(3), RULES)],
  ])('a decision that writes no entry has no changes at all: %s', (_, decision) => {
    expect(decision).not.toHaveProperty('changes');
  });
});

/** `type delta forfeited balance term`, a year of Ada's Premium wallet as docs/rules.md has it, worked out by hand. */
describe('a year of one wallet', () => {
  it('a year of one wallet reads as the rules say', () => {
    const entries = storyBooks().entries.filter(({ walletId }) => walletId === 'ada#premium');
    const lines = entries.map(({ seq, at, type, delta, forfeited, balance, term }) =>
      [seq, at.slice(0, 10), type, delta, forfeited, balance, term].join(' '),
    );
    expect(lines).toEqual([
      '1 2024-01-31 subscribed 5 0 5 1',
      '2 2024-02-01 sent -1 0 4 1',
      '3 2024-02-02 returned 1 0 5 1',
      '4 2024-02-03 sent -1 0 4 1',
      '5 2024-02-29 renewed 5 0 9 1',
      '6 2024-03-31 renewed 5 0 14 1',
      '7 2024-04-01 sent -1 0 13 1',
      '8 2024-04-30 renewed 2 3 15 1',
      '9 2024-05-01 returned 0 1 15 1',
      '10 2024-05-31 renewed 0 5 15 1',
      '11 2024-06-02 sent -1 0 14 1',
      '12 2024-06-10 plan-changed 1 14 15 2',
      '13 2024-06-30 renewed 15 0 30 2',
      '14 2024-07-01 sent -1 0 29 2',
      '15 2024-07-31 renewed 15 0 44 2',
      '16 2024-08-15 cancelled -44 44 0 3',
      '17 2024-09-05 subscribed 5 0 5 4',
      '18 2024-10-05 renewed 5 0 10 4',
      '19 2024-10-06 sent -1 0 9 4',
    ]);
  });
});
