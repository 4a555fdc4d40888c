import { describe, expect, it } from 'vitest';
import { dateOf, instant } from '../../shared/domain/instant.ts';
import { CATALOGUE, defineCatalogue, type Grant, grantOn, type Plan, PRODUCTS } from '../../shared/domain/plans.ts';
import { planNamed, RULES, type Rules } from '../../shared/domain/rules.ts';
import { decideSubscription } from '../../shared/domain/subscribing.ts';
import { renewalsDue } from '../../shared/domain/wallet.ts';
import { aBody, aWallet, day, entriesOf, noWallet, only } from '../support/domain-builders.ts';

const grant = (from: string, allotment: number, cap: number): Grant => ({ from: day(from), allotment, cap });

function aPlan(...grants: [Grant, ...Grant[]]): Plan {
  return { plan: 'premium-career', title: 'Premium Career', product: 'premium', renews: 'anniversary', grants };
}

describe('the plans of docs/rules.md', () => {
  /** Written down apart from the catalogue, so that a slip in one of its rows shows. */
  const rows = [
    ['premium-career', 'Premium Career', 'premium', 5, 15, 'anniversary'],
    ['premium-business', 'Premium Business', 'premium', 15, 45, 'anniversary'],
    ['sales-navigator-core', 'Sales Navigator Core', 'sales-navigator', 50, 150, 'first-of-month'],
    ['sales-navigator-pro', 'Sales Navigator Pro', 'sales-navigator', 20, 60, 'anniversary'],
    ['sales-navigator-teams', 'Sales Navigator Teams', 'sales-navigator', 30, 90, 'anniversary'],
    ['sales-navigator-enterprise', 'Sales Navigator Enterprise', 'sales-navigator', 50, 150, 'anniversary'],
    ['recruiter-lite', 'Recruiter Lite', 'recruiter', 30, 120, 'anniversary'],
  ] as const;

  it.each(rows)('the plan %s is called %s, is of %s, grants %i a month up to %i and renews %s', (...row) => {
    const [name, title, product, allotment, cap, renews] = row;
    const plan = planNamed(name, RULES);
    expect(plan).toMatchObject({ plan: name, title, product, renews });
    for (const date of ['0001-01-01', '2024-01-31', '9999-12-31']) {
      expect(grantOn(plan, day(date))).toMatchObject({ allotment, cap });
    }
  });

  it('there are three products, and every plan is of one of them', () => {
    expect(PRODUCTS).toEqual(['premium', 'sales-navigator', 'recruiter']);
    for (const { product } of CATALOGUE.values()) expect(PRODUCTS).toContain(product);
  });

  it('a plan that is not in the catalogue is an error that names it', () => {
    expect(() => planNamed('premium-platinum', RULES)).toThrow('premium-platinum');
  });
});

describe('a catalogue refuses', () => {
  const refused: readonly [string, [Grant, ...Grant[]]][] = [
    ['an allotment of 0', [grant('2024-01-01', 0, 15)]],
    ['an allotment below 0', [grant('2024-01-01', -5, 15)]],
    ['half a credit', [grant('2024-01-01', 2.5, 15)]],
    ['an allotment that is no number', [grant('2024-01-01', Number.NaN, 15)]],
    ['an allotment without end', [grant('2024-01-01', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)]],
    ['a cap below the allotment', [grant('2024-01-01', 5, 4)]],
    ['half a cap', [grant('2024-01-01', 5, 15.5)]],
    ['a cap that is no number', [grant('2024-01-01', 5, Number.NaN)]],
    ['a cap without end', [grant('2024-01-01', 5, Number.POSITIVE_INFINITY)]],
    ['a second grant with a fault', [grant('2024-01-01', 5, 15), grant('2024-06-01', 0, 15)]],
    ['a cap that shrinks', [grant('2024-01-01', 5, 15), grant('2024-06-01', 5, 14)]],
    ['two grants from one day', [grant('2024-01-01', 5, 15), grant('2024-01-01', 6, 18)]],
    ['grants out of order', [grant('2024-06-01', 5, 15), grant('2024-01-01', 6, 18)]],
    ['an allotment grown over its cap', [grant('2024-01-01', 5, 15), grant('2024-06-01', 16, 15)]],
  ];

  it.each(refused)('a catalogue refuses %s, and names the plan', (_, grants) => {
    expect(() => defineCatalogue([aPlan(...grants)])).toThrow('premium-career');
  });

  it.each(['', ' ', '\t\n'])('a catalogue refuses a plan whose title is %j, and names the plan', (title) => {
    expect(() => defineCatalogue([{ ...aPlan(grant('2024-01-01', 5, 15)), title }])).toThrow(
      'premium-career: no title',
    );
  });

  it('a catalogue refuses two plans of one name, even of two products', () => {
    const plan = aPlan(grant('2024-01-01', 5, 15));
    expect(() => defineCatalogue([plan, plan])).toThrow('premium-career');
    expect(() => defineCatalogue([plan, { ...plan, product: 'recruiter' }])).toThrow('premium-career');
  });
});

describe('a catalogue takes', () => {
  const taken: readonly [string, [Grant, ...Grant[]]][] = [
    ['a cap just the allotment', [grant('2024-01-01', 5, 5)]],
    ['one credit', [grant('2024-01-01', 1, 1)]],
    ['a cap that stays', [grant('2024-01-01', 5, 15), grant('2024-01-02', 6, 15)]],
    ['an allotment that shrinks under the same cap', [grant('2024-01-01', 5, 15), grant('2024-06-01', 4, 15)]],
  ];

  it.each(taken)('a catalogue takes %s', (_, grants) => {
    const plan = aPlan(...grants);
    expect(defineCatalogue([plan]).get('premium-career')).toEqual(plan);
  });
});

describe('an allotment that changes from a date on', () => {
  const plan = aPlan(grant('2024-01-01', 5, 15), grant('2024-03-10', 8, 24));
  const rules: Rules = { ...RULES, catalogue: defineCatalogue([plan]) };

  it.each([
    ['2023-06-01', 5],
    ['2024-03-09', 5],
    ['2024-03-10', 8],
    ['2025-01-01', 8],
  ])('a plan whose allotment grows on 10 Mar grants on %s: %i', (date, allotment) => {
    expect(grantOn(plan, day(date)).allotment).toBe(allotment);
  });

  it.each([
    { anchor: 9, received: [5, 5, 8] },
    { anchor: 10, received: [5, 8, 8] },
    { anchor: 11, received: [5, 8, 8] },
  ])(
    'a new allotment takes effect at the first renewal on or after its date: anchor $anchor receives $received',
    (row) => {
      const at = instant(`2024-01-${String(row.anchor).padStart(2, '0')}T09:00:00Z`);
      const due = renewalsDue(aBody({ at, balance: 0 }), instant('2024-04-30T00:00:00Z'), rules);
      expect(due.map(({ delta }) => delta)).toEqual(row.received);
    },
  );

  it('a new allotment comes with its new cap', () => {
    const full = aBody({ at: instant('2024-02-10T09:00:00Z'), balance: 15 });
    expect(renewalsDue(full, instant('2024-05-10T00:00:00Z'), rules)).toMatchObject([
      { delta: 8, forfeited: 0, balance: 23 },
      { delta: 1, forfeited: 7, balance: 24 },
      { delta: 0, forfeited: 8, balance: 24 },
    ]);
  });

  it.each([
    ['2024-03-09T23:59:59.999Z', 5],
    ['2024-03-10T00:00:00.000Z', 8],
  ])('a sign-up at %s is granted %i when the allotment grows on 10 Mar', (now, allotment) => {
    const decision = decideSubscription(noWallet('ada#premium', now), plan);
    expect(only(entriesOf(decision))).toMatchObject({ delta: allotment, lastGrantOn: dateOf(instant(now)) });
  });

  it('a new allotment leaves written entries as they were', () => {
    const wallet = aWallet({ at: instant('2024-03-09T09:00:00Z') }, '2024-04-08T23:59:59.999Z', rules);
    expect(wallet).toMatchObject({ due: [], state: { balance: 5 } });
  });
});
