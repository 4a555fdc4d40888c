import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '../../shared/domain/audit.ts';
import { pendingReturnsOf, pendingSeqsOf } from '../../shared/domain/credits.ts';
import { dateOf } from '../../shared/domain/instant.ts';
import { type Entry, walletIdOf } from '../../shared/domain/ledger.ts';
import { grantOn } from '../../shared/domain/plans.ts';
import { decideResponse } from '../../shared/domain/responding.ts';
import { planNamed } from '../../shared/domain/rules.ts';
import { entriesOf } from '../support/domain-builders.ts';
import { ALL_WALLETS, type History, histories, type Played, play, sweep } from './histories.ts';
import { NaiveModel } from './naive-model.ts';
import type { World } from './world.ts';

const RUNS = { numRuns: 300 };
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Both sides of the equation of docs/rules.md, from entries alone. Granted counts whole allotments. */
function accountOf(entries: readonly Entry[]) {
  const grants = entries.filter(({ type }) => ['subscribed', 'renewed', 'plan-changed'].includes(type));
  const forfeits = entries.filter(({ type }) => ['renewed', 'plan-changed', 'cancelled'].includes(type));
  return {
    granted: sum(grants.map(({ delta, forfeited }) => delta + forfeited)),
    returned: sum(entries.filter(({ type }) => type === 'returned').map(({ delta }) => delta)),
    sent: entries.filter(({ type }) => type === 'sent').length,
    forfeited: sum(forfeits.map(({ forfeited }) => forfeited)),
  };
}

const ledgers = (world: World) => world.walletIds.map((walletId) => ({ walletId, entries: world.ledger(walletId) }));

describe('after any history of commands', () => {
  it('the audit finds nothing after any history of commands', () => {
    fc.assert(
      fc.property(histories(), fc.boolean(), (history, sweeping) => {
        expect(audit(play(history, { sweeping }).books(), history.rules)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('the audit finds nothing either when clocks lag behind each other', () => {
    fc.assert(
      fc.property(histories({ lagging: true }), fc.boolean(), (history, sweeping) => {
        expect(audit(play(history, { sweeping }).books(), history.rules)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('credits granted and returned equal those sent, forfeited and left, for each wallet and for all together', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const world = sweep(play(history));
        const accounts = ledgers(world).map(({ walletId, entries }) => {
          const { granted, returned, sent, forfeited } = accountOf(entries);
          expect(granted + returned).toBe(sent + forfeited + world.balance(walletId));
          return { income: granted + returned, spent: sent + forfeited };
        });
        const left = sum(world.walletIds.map((walletId) => world.balance(walletId)));
        expect(sum(accounts.map(({ income }) => income))).toBe(sum(accounts.map(({ spent }) => spent)) + left);
      }),
      RUNS,
    );
  });

  it('every balance is the sum of its deltas, a whole number from 0 to the cap, and never −0', () => {
    fc.assert(
      fc.property(histories({ lagging: true }), (history) => {
        for (const { entries } of ledgers(play(history, { sweeping: true }))) {
          const balances: number[] = [];
          for (const { delta } of entries) balances.push((balances.at(-1) ?? 0) + delta);
          expect(entries.map(({ balance }) => balance)).toEqual(balances);
          const outside = entries.filter(({ balance, plan, at }) => {
            const { cap } = grantOn(planNamed(plan, history.rules), dateOf(at));
            return !Number.isInteger(balance) || balance < 0 || balance > cap;
          });
          expect(outside).toEqual([]);
          const numbers = entries.flatMap(({ delta, forfeited, balance }) => [delta, forfeited, balance]);
          expect(numbers.filter((number) => Object.is(number, -0))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('the ledgers are the same to the byte, renewed lazily or by sweeps at any moments (R6)', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const [lazy, swept] = [play(history), play(history, { sweeping: true })].map(sweep);
        expect(JSON.stringify(swept?.books())).toBe(JSON.stringify(lazy?.books()));
      }),
      RUNS,
    );
  });

  it('every outcome and every balance equals that of a model that goes day by day', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { answers, expected } = besideTheModel(history);
        expect(answers).toEqual(expected);
      }),
      RUNS,
    );
  });
});

describe('a wallet at any instant', () => {
  it('a wallet lists as returnable just the InMails whose response would now bring an entry (R13, R17)', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const world = play(history);
        const listed = ledgers(world).flatMap(({ walletId, entries }) => {
          const wallet = world.wallet(walletId);
          const named = pendingSeqsOf(wallet, world.rules).flatMap((seq) => entries[seq - 1] ?? []);
          return pendingReturnsOf(wallet, named, world.rules).map(({ inmailId }) => inmailId);
        });
        const answerable = world.inmails.filter((inmail) => {
          const wallet = world.wallet(walletIdOf(inmail.senderId, inmail.product));
          return entriesOf(decideResponse(inmail, { type: 'accept' }, wallet, world.rules)).length > 0;
        });
        expect(listed.sort()).toEqual(answerable.map(({ inmailId }) => inmailId).sort());
      }),
      RUNS,
    );
  });
});

describe('the histories', () => {
  it('the histories meet every outcome that a command can have', () => {
    const seen = new Set<string>();
    for (const history of fc.sample(histories(), { numRuns: 300, seed: 20_240_131 })) {
      play(history, { watch: ({ act, answer }) => seen.add(`${act.kind}: ${answer}`) });
    }
    expect([...seen].sort()).toEqual([
      'cancel: changed',
      'cancel: not-found',
      'cancel: unchanged',
      'respond: already-responded',
      'respond: answered-before',
      'respond: at-cap',
      'respond: late',
      'respond: nothing-sent',
      'respond: returned',
      'respond: term-ended',
      'send: insufficient-credits',
      'send: no-active-subscription',
      'send: response-pending',
      'send: self-inmail',
      'send: sent',
      'subscribe: changed',
      'subscribe: unchanged',
    ]);
  });
});

/**
 * The history played, with each command told to the model as well. Each gives a line with the outcome and all balances.
 */
function besideTheModel(history: History) {
  const model = new NaiveModel(history.rules);
  const answers: string[] = [];
  const expected: string[] = [];
  const line = (answer: string, balanceOf: (walletId: string) => number) =>
    [answer, ...ALL_WALLETS.map(balanceOf)].join(' ');
  play(history, {
    watch: (played) => {
      answers.push(line(played.answer, (walletId) => played.world.balance(walletId)));
      expected.push(line(modelled(model, played), (walletId) => model.balance(walletId, played.now)));
    },
  });
  return { answers, expected };
}

function modelled(model: NaiveModel, { act, about, now }: Played): string {
  switch (act.kind) {
    case 'subscribe':
      return model.subscribe(act.member, act.plan, now);
    case 'cancel':
      return model.cancel(`${act.member}#${act.product}`, now);
    case 'send':
      return model.send({ ...act.route, product: act.product }, now);
    case 'respond': {
      if (!about) return 'nothing-sent';
      const { senderId: from, recipientId: to, n } = about;
      return model.respond({ from, to, n, answer: JSON.stringify(act.response) }, now);
    }
  }
}
