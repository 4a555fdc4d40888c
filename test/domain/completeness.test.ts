import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completenessOf,
  type RenewalFacts,
  type SubscriptionFacts,
  subscriptionFault,
} from '../../shared/domain/completeness.ts';
import { dateOf, type Instant, instant, monthOf } from '../../shared/domain/instant.ts';
import { RULES, type Rules } from '../../shared/domain/rules.ts';
import { aBody, day, plus } from '../support/domain-builders.ts';
import { histories, play, sweep } from './histories.ts';
import { World } from './world.ts';

const monthNamed = (name: string): number => monthOf(day(`${name}-01`));

/** The findings in a month of a ledger: the number of due dates, the number written, and the faults in words. */
function found(entries: readonly RenewalFacts[], month: string, until: string, rules: Rules = RULES) {
  const { dueDates, written, faults } = completenessOf(
    entries,
    { month: monthNamed(month), until: instant(until), writtenUntil: instant(until) },
    rules,
  );
  return [dueDates, written, ...faults.map(({ kind, dueOn }) => `${kind} ${dueOn}`)];
}

const PREMIUM = 'ada#premium';
const NAVIGATOR = 'ada#sales-navigator';

describe('a due date', () => {
  const signedUp = (at: string, plan: string) => (world: World) => world.at(at).subscribe('ada', plan);
  const career = (at: string) => signedUp(at, 'premium-career');
  const core = (at: string) => signedUp(at, 'sales-navigator-core');

  it.each<[string, (world: World) => unknown, string, string, string]>([
    ['of anchor 31 in a common February', career('2027-01-31T15:00Z'), PREMIUM, '2027-02', '2027-02-28'],
    ['of anchor 30 in a common February', career('2027-01-30T15:00Z'), PREMIUM, '2027-02', '2027-02-28'],
    ['of anchor 29 in a common February', career('2027-01-29T15:00Z'), PREMIUM, '2027-02', '2027-02-28'],
    ['of anchor 28 in a common February', career('2027-01-28T15:00Z'), PREMIUM, '2027-02', '2027-02-28'],
    ['of anchor 31 in a leap February', career('2028-01-31T15:00Z'), PREMIUM, '2028-02', '2028-02-29'],
    ['of anchor 29 in a leap February', career('2028-01-29T15:00Z'), PREMIUM, '2028-02', '2028-02-29'],
    ['of anchor 31 in April', career('2027-03-31T15:00Z'), PREMIUM, '2027-04', '2027-04-30'],
    ['of anchor 1', career('2026-12-01T15:00Z'), PREMIUM, '2027-01', '2027-01-01'],
    ['of Core', core('2027-01-20T15:00Z'), NAVIGATOR, '2027-02', '2027-02-01'],
    ['of Core, signed up on a 1st (R5)', core('2027-02-01T00:00Z'), NAVIGATOR, '2027-03', '2027-03-01'],
    ['of Core, signed up on a last day (R5)', core('2027-01-31T23:59Z'), NAVIGATOR, '2027-02', '2027-02-01'],
  ])(
    'the due date %s is a gap from its midnight on, and none a millisecond before or once written',
    (_, begin, walletId, month, date) => {
      const world = new World();
      begin(world);
      const midnight = instant(`${date}T00:00Z`);
      expect(found(world.ledger(walletId), month, plus(midnight, -1))).toEqual([0, 0]);
      expect(found(world.ledger(walletId), month, midnight)).toEqual([1, 0, `gap ${date}`]);
      world.at(plus(midnight, 5 * 3_600_000)).renew(walletId);
      expect(found(world.ledger(walletId), month, midnight)).toEqual([1, 1]);
    },
  );

  it.each<[string, (world: World) => unknown, string, string]>([
    ['the month of the sign-up', career('2027-02-10T15:00Z'), PREMIUM, '2027-02'],
    ['the day of the sign-up itself (R5)', core('2027-02-01T00:00Z'), NAVIGATOR, '2027-02'],
    ['a month before the sign-up', career('2027-02-10T15:00Z'), PREMIUM, '2027-01'],
  ])('a due date is not in %s', (_, begin, walletId, month) => {
    const world = new World();
    begin(world);
    expect(found(world.ledger(walletId), month, '2027-02-28T12:00Z')).toEqual([0, 0]);
  });
});

describe('a term that ends within the month', () => {
  /** Premium, renewing on the 10th, until `end` does something at an instant of March 2027. */
  function afterwards(at: string, end: (world: World) => unknown): World {
    const world = new World().at('2027-01-10T15:00Z');
    world.subscribe('ada', 'premium-career');
    end(world.at(at));
    return world;
  }
  const change = (world: World) => world.subscribe('ada', 'premium-business');
  const cancel = (world: World) => world.cancel('ada', 'premium');
  const again = (world: World) => {
    cancel(world);
    world.at('2027-03-12T00:00Z').subscribe('ada', 'premium-career');
  };

  it.each<[string, string, (world: World) => unknown, (string | number)[]]>([
    [
      'a change of plan just before the due midnight leaves it to the next term',
      '2027-03-09T23:59:59.999Z',
      change,
      [1, 0, 'gap 2027-03-10'],
    ],
    ['a change of plan at the due midnight comes after the renewal', '2027-03-10T00:00:00.000Z', change, [1, 1]],
    ['a change of plan on the due day brings no second one (R5)', '2027-03-10T15:00Z', change, [1, 1]],
    ['cancelled just before the due midnight, nothing is due', '2027-03-09T23:59:59.999Z', cancel, [0, 0]],
    ['cancelled at the due midnight, the renewal came before', '2027-03-10T00:00:00.000Z', cancel, [1, 1]],
    ['cancelled on the due day, the renewal came before', '2027-03-10T15:00Z', cancel, [1, 1]],
    ['cancelled and begun anew, the month has the one of the first term', '2027-03-11T15:00Z', again, [1, 1]],
    ['cancelled in time and begun anew on another day, the month has none', '2027-03-09T15:00Z', again, [0, 0]],
  ])('a term that ends within the month: %s', (_, at, end, expected) => {
    expect(found(afterwards(at, end).ledger(PREMIUM), '2027-03', '2027-03-31T23:00Z')).toEqual(expected);
  });

  it('no renewal is due in the months after a cancellation', () => {
    const ledger = afterwards('2027-03-10T15:00Z', cancel).ledger(PREMIUM);
    expect(found(ledger, '2027-04', '2027-05-31T00:00Z')).toEqual([0, 0]);
    expect(found(ledger, '2027-02', '2027-05-31T00:00Z')).toEqual([1, 1]);
  });

  it('a change of plan may leave the month two due dates, one of each plan', () => {
    const world = new World().at('2027-02-20T15:00Z');
    world.subscribe('ada', 'sales-navigator-core');
    world.at('2027-03-05T15:00Z').subscribe('ada', 'sales-navigator-pro');
    expect(found(world.ledger(NAVIGATOR), '2027-03', '2027-03-19T23:59:59.999Z')).toEqual([1, 1]);
    expect(found(world.ledger(NAVIGATOR), '2027-03', '2027-03-20T00:00Z')).toEqual([2, 1, 'gap 2027-03-20']);
  });
});

describe('entries that are wrong', () => {
  /** Sign-up on 10 Jan, renewed on 10 Feb and 10 Mar 2027. */
  const world = new World().at('2027-01-10T15:00Z');
  world.subscribe('ada', 'premium-career');
  world.at('2027-03-10T00:05Z').renew(PREMIUM);
  const [signUp, february, march] = world.ledger(PREMIUM) as unknown as [RenewalFacts, RenewalFacts, RenewalFacts];
  const END = '2027-03-31T12:00Z';

  it.each<[string, RenewalFacts[], string, (string | number)[]]>([
    ['none', [signUp, february, march], '2027-02', [1, 1]],
    ['a hole in the middle', [signUp, march], '2027-02', [1, 0, 'gap 2027-02-10']],
    ['a hole in another month', [signUp, march], '2027-03', [1, 1]],
    ['a renewal twice', [signUp, february, february, march], '2027-02', [1, 1, 'duplicate 2027-02-10']],
    [
      'a renewal on another day',
      [signUp, { ...february, at: instant('2027-02-11T00:00Z') }, march],
      '2027-02',
      [1, 0, 'gap 2027-02-10', 'unexpected 2027-02-11'],
    ],
    [
      'a renewal at the time of the job (R6)',
      [signUp, { ...february, at: instant('2027-02-10T00:05Z') }, march],
      '2027-02',
      [1, 0, 'gap 2027-02-10', 'unexpected 2027-02-10'],
    ],
    [
      'a renewal of another term',
      [signUp, { ...february, term: 2 }],
      '2027-02',
      [1, 0, 'gap 2027-02-10', 'unexpected 2027-02-10'],
    ],
    [
      'a renewal after the end',
      [signUp, { ...february, type: 'cancelled', term: 2 }, { ...march, term: 2 }],
      '2027-03',
      [0, 0, 'unexpected 2027-03-10'],
    ],
    ['nothing written for two months', [signUp], '2027-03', [1, 0, 'gap 2027-03-10', 'overdue 2027-02-10']],
    ['an unknown plan', [signUp, { ...february, plan: 'gold' }], '2027-02', [0, 0, 'plan undefined']],
  ])('entries with this fault are judged rightly: %s', (_, entries, month, expected) => {
    expect(found(entries, month, END)).toEqual(expected);
  });

  it('the oldest missing due date is told, of any month', () => {
    const behind = (entries: RenewalFacts[], month: string) =>
      completenessOf(entries, { month: monthNamed(month), until: instant(END), writtenUntil: instant(END) }, RULES)
        .behindSince;
    expect(behind([signUp], '2027-03')).toBe('2027-02-10');
    expect(behind([signUp, february], '2027-03')).toBe('2027-03-10');
    expect(behind([signUp, february], '2027-02')).toBeUndefined();
    expect(behind([signUp, february, march], '2027-03')).toBeUndefined();
  });

  it('a renewal that a clock ahead has written early is no fault', () => {
    expect(found([signUp, february, march], '2027-03', '2027-03-09T23:59:58Z')).toEqual([1, 1]);
  });

  it('a wallet without entries has no due dates', () => {
    expect(found([], '2027-03', END)).toEqual([0, 0]);
  });
});

describe('a due date that the sweep still has time for', () => {
  const MIDNIGHT = instant('2027-02-10T00:00Z');
  const career = (): World => {
    const world = new World().at('2027-01-10T15:00Z');
    world.subscribe('ada', 'premium-career');
    return world;
  };
  const judged = (entries: readonly RenewalFacts[], month: string, writtenUntil: Instant) => {
    const period = { month: monthNamed(month), until: instant('2027-02-10T12:00Z'), writtenUntil };
    const { dueDates, written, notYet, faults, behindSince } = completenessOf(entries, period, RULES);
    return [dueDates, written, notYet, faults.map(({ kind }) => kind).join(), behindSince];
  };

  it.each<[string, Instant, unknown[]]>([
    ['a due date after the time that must be written is not yet missing', plus(MIDNIGHT, -1), [1, 0, 1, '', undefined]],
    ['a due date at the very time that must be written is a gap', MIDNIGHT, [1, 0, 0, 'gap', '2027-02-10']],
  ])('%s', (_, writtenUntil, expected) => {
    expect(judged(career().ledger(PREMIUM), '2027-02', writtenUntil)).toEqual(expected);
  });

  it('a due date that is written early enough is no fault and is not waited for', () => {
    const world = career();
    world.at('2027-02-10T00:00:01Z').renew(PREMIUM);
    expect(judged(world.ledger(PREMIUM), '2027-02', plus(MIDNIGHT, -1))).toEqual([1, 1, 0, '', undefined]);
  });

  it.each<[string, string, unknown[]]>([
    ['at that very midnight', '2027-02-10T00:00:00.000Z', [1, 0, 0, 'gap', '2027-02-10']],
    ['a millisecond before it', '2027-02-09T23:59:59.999Z', [1, 0, 1, '', undefined]],
  ])(
    'a due date that the sweep still has time for is judged rightly when the wallet has an entry %s',
    (_, at, expected) => {
      const [signUp] = career().ledger(PREMIUM);
      const sent = { ...(signUp as RenewalFacts), seq: 2, type: 'sent', at: instant(at) } as const;
      expect(judged([signUp as RenewalFacts, sent], '2027-02', plus(MIDNIGHT, -1))).toEqual(expected);
    },
  );

  it('a renewal that is overdue from before stays overdue while the sweep still has time for the next', () => {
    const march = { month: monthNamed('2027-03'), until: instant('2027-03-10T00:00:09Z') };
    const period = { ...march, writtenUntil: instant('2027-03-09T00:05Z') };
    const { notYet, faults } = completenessOf(career().ledger(PREMIUM), period, RULES);
    expect([notYet, ...faults.map(({ kind, dueOn }) => `${kind} ${dueOn}`)]).toEqual([1, 'overdue 2027-02-10']);
  });

  it.each<[string, string, number]>([
    ['duplicate', '2027-02-10T00:00:00.000Z', 2],
    ['unexpected', '2027-02-10T00:00:01.000Z', 1],
  ])('the time that the sweep still has is no excuse for a fault of kind %s', (kind, at, times) => {
    const world = career();
    const [signUp] = world.ledger(PREMIUM);
    const renewed = { ...(signUp as RenewalFacts), type: 'renewed', at: instant(at) } as const;
    const entries = [
      signUp as RenewalFacts,
      ...Array.from({ length: times }, (_, index) => ({ ...renewed, seq: 2 + index })),
    ];
    expect(judged(entries, '2027-02', plus(MIDNIGHT, -1))[3]).toContain(kind);
  });
});

describe('the subscriptions’ table against the ledger', () => {
  const active = aBody();
  const ended = aBody({ type: 'cancelled' });
  const row = { memberId: 'ada', product: 'premium', status: 'active', renewalDay: 10 } as const;
  const cancelled = { memberId: 'ada', product: 'premium', status: 'cancelled' } as const;

  it.each<[string, RenewalFacts | undefined, SubscriptionFacts | undefined, string | undefined]>([
    ['both active', active, row, undefined],
    ['both ended', ended, cancelled, undefined],
    ['neither there', undefined, undefined, undefined],
    ['a ledger that ended without a row', ended, undefined, undefined],
    ['a cancelled row without a ledger', undefined, cancelled, undefined],
    ['an active row without a ledger', undefined, row, 'is active, and its ledger is empty'],
    ['an active row and a ledger that ended', ended, row, 'is active, and its ledger has ended'],
    ['a ledger without a row', active, undefined, 'is missing, and its ledger goes on'],
    ['a cancelled row and a ledger that goes on', active, cancelled, 'is cancelled, and its ledger goes on'],
    [
      'a row where no sweep finds it',
      active,
      { ...row, renewalDay: 11 },
      'stands under day 11, and its ledger renews on day 10',
    ],
    ['an unknown plan', aBody({ plan: 'gold' }), row, undefined],
  ])('the subscriptions’ table is compared with the ledger: %s', (_, tail, subscription, what) => {
    const fault = subscriptionFault(PREMIUM, tail, subscription, RULES);
    expect(fault?.what).toBe(what);
    expect(fault?.kind).toBe(what && 'subscription');
  });
});

describe('any history', () => {
  const RUNS = { numRuns: 150 };
  const ledgersOf = (world: World) => world.walletIds.map((walletId) => world.ledger(walletId));

  it('no month has a fault once all renewals are written, and the due dates are the renewals', () => {
    fc.assert(
      fc.property(histories({ lagging: true }), (history) => {
        const world = sweep(play(history));
        for (const entries of ledgersOf(world)) {
          const [first, last] = [monthOf(dateOf(entries[0]?.at as Instant)), monthOf(dateOf(world.now))];
          let written = 0;
          for (let month = first; month <= last; month += 1) {
            const { faults, behindSince, ...counts } = completenessOf(
              entries,
              { month, until: world.now, writtenUntil: world.now },
              history.rules,
            );
            expect([faults, behindSince, counts.dueDates]).toEqual([[], undefined, counts.written]);
            written += counts.written;
          }
          expect(written).toBe(entries.filter(({ type }) => type === 'renewed').length);
        }
      }),
      RUNS,
    );
  });

  it('any renewal is one gap from its midnight on when unwritten, one gap when left out, one duplicate when written twice', () => {
    let renewals = 0;
    fc.assert(
      fc.property(histories(), (history) => {
        const world = sweep(play(history));
        const judge = (entries: readonly RenewalFacts[], renewal: RenewalFacts, until: Instant) =>
          completenessOf(
            entries,
            { month: monthOf(dateOf(renewal.at)), until, writtenUntil: until },
            history.rules,
          ).faults.map(({ kind, dueOn }) => `${kind} ${dueOn}`);
        for (const entries of ledgersOf(world)) {
          for (const [index, renewal] of entries.entries()) {
            if (renewal.type !== 'renewed') continue;
            renewals += 1;
            const [before, after] = [entries.slice(0, index), entries.slice(index + 1)];
            const gap = `gap ${dateOf(renewal.at)}`;
            expect(judge(before, renewal, plus(renewal.at, -1))).toEqual([]);
            expect(judge(before, renewal, renewal.at)).toEqual([gap]);
            if (after.length > 0) expect(judge([...before, ...after], renewal, world.now)).toEqual([gap]);
            const twice = judge([...before, renewal, renewal, ...after], renewal, world.now);
            expect(twice).toEqual([`duplicate ${dateOf(renewal.at)}`]);
          }
        }
      }),
      RUNS,
    );
    expect(renewals).toBeGreaterThan(1_000);
  });
});
