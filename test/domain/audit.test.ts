import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '../../shared/domain/audit.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { day } from '../support/domain-builders.ts';
import { append, edit, leaveOut, namedWith, type Plant, payFor, tamper } from './planting.ts';
import { storyBooks } from './story.ts';

const NAV = 'ada#sales-navigator';
/** Just after Ada's last Navigator entry, the renewal of 1 Apr. */
const APRIL = instant('2024-04-02T10:00:00Z');
const renewed = (facts: object) => append(NAV, { type: 'renewed', delta: 0, forfeited: 50, ...facts });

type Row = [string, string[], Plant];

describe('clean books', () => {
  it('the audit finds nothing in the books of a story with every type of entry', () => {
    const { entries, inmails } = storyBooks();
    expect(new Set(entries.map(({ type }) => type)).size).toBe(6);
    expect(audit({ entries, inmails }, RULES)).toEqual([]);
  });

  it('the audit finds nothing in clean books in any order', () => {
    const { entries, inmails } = storyBooks();
    const shuffled = fc.record({
      entries: fc.shuffledSubarray([...entries], { minLength: entries.length }),
      inmails: fc.shuffledSubarray([...inmails], { minLength: inmails.length }),
    });
    fc.assert(fc.property(shuffled, (books) => void expect(audit(books, RULES)).toEqual([])));
  });

  it('the audit finds nothing in empty books', () => {
    expect(audit({ entries: [], inmails: [] }, RULES)).toEqual([]);
  });

  const faultless: readonly Row[] = [
    [
      'a send in time for the renewal of 1 May',
      [],
      payFor({ walletId: NAV, to: 'hal', at: '2024-04-30T23:59:59.999Z' }),
    ],
    [
      'a send at the instant of the entry before',
      [],
      payFor({ walletId: NAV, to: 'hal', at: '2024-04-01T00:00:00.000Z' }),
    ],
    ['one renewal more', [], renewed({ at: instant('2024-05-01T00:00:00Z'), lastGrantOn: day('2024-05-01') })],
  ];

  it.each(faultless)(
    'books stay clean with %s, so the faults below are in the planted entries and not in the planting',
    (_, named, plant) => {
      expect(namedWith(plant)).toEqual(named);
    },
  );

  it('a violation names the entry, the invariant and the fault', () => {
    expect(audit(edit(NAV, 4, { balance: 149 })(storyBooks()), RULES)).toEqual([
      { invariant: 'I2', where: 'ada#sales-navigator 4', what: '150 and 0 make no 149' },
    ]);
  });
});

const I1: readonly Row[] = [
  // An InMail that is pending before a missing return and not after it tells of it, too.
  ['an entry missing that moved no credit', ['I1', 'I5', 'I7'], leaveOut('ada#premium', 9)],
  ['a renewal missing', ['I1', 'I2', 'I4', 'I5'], leaveOut('ada#premium', 6)],
  ['the first entry missing', ['I1', 'I2', 'I4', 'I5'], leaveOut(NAV, 1)],
  ['a number given twice', ['I1'], edit(NAV, 4, { seq: 3 })],
  ['a number left out', ['I1'], edit(NAV, 4, { seq: 5 })],
  ['numbers that start at 0', ['I1'], edit(NAV, 1, { seq: 0 })],
];

const I2: readonly Row[] = [
  ['a last balance one too low', ['I2'], edit(NAV, 4, { balance: 149 })],
  ['a first balance that is not its delta', ['I2'], edit('gil#premium', 1, { balance: 4 })],
  ['a balance in the middle one too low', ['I2'], edit(NAV, 2, { balance: 99 })],
  ['a delta its balance does not know of', ['I2', 'I5'], edit(NAV, 3, { delta: 49 })],
];

const I3: readonly Row[] = [
  ['a wallet over its cap', ['I3', 'I5'], edit(NAV, 4, { delta: 50, forfeited: 0, balance: 200 })],
  ['one credit over the cap', ['I3', 'I5'], edit(NAV, 4, { delta: 1, forfeited: 49, balance: 151 })],
  ['a send without a credit', ['I3'], payFor({ walletId: 'cyd#premium', to: 'gil', at: '2024-03-05T11:00:00Z' })],
];

const MAY = instant('2024-05-01T00:00:00Z');
const I4: readonly Row[] = [
  ['a renewal passed over', ['I4'], payFor({ walletId: NAV, to: 'hal', at: '2024-05-01T00:00:00.000Z' })],
  [
    'a renewal of the month before the last passed over',
    ['I4'],
    renewed({ at: instant('2024-06-01T00:00:00Z'), lastGrantOn: day('2024-06-01') }),
  ],
  ['a renewal written twice', ['I4'], renewed({})],
  ['a renewal written twice, the second by the hour of its job', ['I4'], renewed({ at: APRIL })],
  ['a renewal dated when its job ran', ['I4'], edit(NAV, 4, { at: instant('2024-04-01T00:05:00Z') })],
  ['a renewal a millisecond early', ['I4'], edit(NAV, 4, { at: instant('2024-03-31T23:59:59.999Z') })],
  [
    'a renewal a day early',
    ['I4'],
    edit(NAV, 4, { at: instant('2024-03-31T00:00:00Z'), lastGrantOn: day('2024-03-31') }),
  ],
  ['a renewal that says it was another day’s', ['I4'], edit(NAV, 4, { lastGrantOn: day('2024-04-02') })],
  [
    'a renewal on the day of the sign-up, not on the 1st (R4)',
    ['I4'],
    renewed({ at: instant('2024-04-20T00:00:00Z'), lastGrantOn: day('2024-04-20') }),
  ],
  ['a renewal by another plan of the same figures', ['I4'], edit(NAV, 4, { plan: 'sales-navigator-enterprise' })],
  [
    'a renewal after a cancellation',
    ['I4'],
    append('dan#premium', {
      type: 'renewed',
      at: instant('2024-04-06T00:00:00Z'),
      delta: 5,
      lastGrantOn: day('2024-04-06'),
    }),
  ],
  ['a renewal before any subscription', ['I4', 'I5'], edit('gil#premium', 1, { type: 'renewed' })],
  ['a cancellation of what is cancelled', ['I4'], append('dan#premium', { type: 'cancelled', term: 3 })],
  [
    'a send after a cancellation',
    ['I3', 'I4'],
    payFor({ walletId: 'dan#premium', to: 'hal', at: '2024-03-08T00:00:00Z' }),
  ],
  [
    'a renewal passed over before a cancellation',
    ['I4'],
    append(NAV, { type: 'cancelled', at: MAY, delta: -150, forfeited: 150, term: 2 }),
  ],
];

const I5: readonly Row[] = [
  ['a renewal in a term of its own', ['I5'], edit(NAV, 4, { term: 2 })],
  ['a sign-up that grants one too few', ['I5'], edit('gil#premium', 1, { delta: 4, balance: 4 })],
  ['a sign-up that grants one too many', ['I5'], edit('gil#premium', 1, { delta: 6, balance: 6 })],
  ['a sign-up that forfeits', ['I5'], edit('gil#premium', 1, { forfeited: 1 })],
  ['a renewal that forfeits too little', ['I5'], edit(NAV, 4, { forfeited: 49 })],
  ['a renewal that takes credits away', ['I5'], edit(NAV, 4, { delta: -10, forfeited: 60, balance: 140 })],
  ['a send for nothing', ['I5'], payFor({ walletId: NAV, to: 'hal', at: APRIL }, { delta: 0 })],
  ['a send for two credits', ['I5'], payFor({ walletId: NAV, to: 'hal', at: APRIL }, { delta: -2 })],
  ['a send that forfeits', ['I5'], payFor({ walletId: NAV, to: 'hal', at: APRIL }, { forfeited: 1 })],
  ['a send that starts a term', ['I5'], payFor({ walletId: NAV, to: 'hal', at: APRIL }, { term: 2 })],
  [
    'a plan change that forfeits too little',
    ['I5'],
    append(NAV, { type: 'plan-changed', at: APRIL, plan: 'sales-navigator-pro', term: 2, delta: -130, forfeited: 149 }),
  ],
  [
    'a plan change that keeps the balance',
    ['I3', 'I5'],
    append(NAV, { type: 'plan-changed', at: APRIL, plan: 'sales-navigator-pro', term: 2, delta: 20 }),
  ],
  [
    'a plan change in the same term',
    ['I5'],
    append(NAV, { type: 'plan-changed', at: APRIL, plan: 'sales-navigator-pro', delta: -130, forfeited: 150 }),
  ],
  [
    'a cancellation that leaves a credit',
    ['I5'],
    append(NAV, { type: 'cancelled', at: APRIL, term: 2, delta: -149, forfeited: 149 }),
  ],
  ['a cancellation that forfeits nothing', ['I5'], append(NAV, { type: 'cancelled', at: APRIL, term: 2, delta: -150 })],
  [
    'a cancellation in the same term',
    ['I5'],
    append(NAV, { type: 'cancelled', at: APRIL, delta: -150, forfeited: 150 }),
  ],
  ['a term left out', ['I5'], append(NAV, { type: 'cancelled', at: APRIL, term: 3, delta: -150, forfeited: 150 })],
  ['a first term that is not 1', ['I5'], edit('gil#premium', 1, { term: 2 })],
];

const I8: readonly Row[] = [
  ['a send before the entry before', ['I8'], payFor({ walletId: NAV, to: 'hal', at: '2024-03-31T23:59:59.999Z' })],
];

const I9: readonly Row[] = [
  ['another hash on the last entry', ['I9'], tamper(NAV, 4, { hash: 'f'.repeat(64) })],
  ['another hash in the middle', ['I9'], tamper(NAV, 2, { hash: 'f'.repeat(64) })],
  ['another hash before', ['I9'], tamper(NAV, 3, { prevHash: 'f'.repeat(64) })],
  ['a first entry that follows another', ['I9'], tamper(NAV, 1, { prevHash: 'f'.repeat(64) })],
  ['a rule rewritten', ['I5', 'I9'], tamper(NAV, 2, { rule: 'R1' })],
  ['a field added', ['I9'], tamper(NAV, 2, { inmailId: 'ada~bob~000001' })],
];

const I10: readonly Row[] = [
  ['−0 forfeited', ['I10'], edit('gil#premium', 1, { forfeited: -0 })],
  ['−0 as a delta', ['I10'], edit(NAV, 4, { delta: -0 })],
  ['−0 as a balance', ['I10'], edit('dan#premium', 2, { balance: -0 })],
  ['half a day to renew on', ['I5', 'I10'], edit('gil#premium', 1, { anchorDay: 14.5 })],
  ['half a credit', ['I3', 'I5', 'I10'], edit(NAV, 4, { delta: 0.5, forfeited: 49.5, balance: 150.5 })],
  ['half a number', ['I1', 'I10'], edit(NAV, 4, { seq: 3.5 })],
  ['half a term', ['I5', 'I10'], edit(NAV, 4, { term: 1.5 })],
  ['a number past counting', ['I5', 'I10'], edit(NAV, 4, { forfeited: 2 ** 53 })],
  ['no number at all', ['I2', 'I3', 'I10'], edit(NAV, 4, { balance: Number.NaN })],
];

/** I6, I7 and I11 are in audit-inmails.test.ts. */
describe.each([
  ['I1: seq runs 1…n, each once', I1],
  ['I2: each balance is the one before and the delta', I2],
  ['I3: no wallet below 0 or over its cap', I3],
  ['I4: every renewal due is there once, at its own midnight', I4],
  ['I5: delta, forfeited and term as the table says', I5],
  ['I8: time never goes back', I8],
  ['I9: each entry is chained to the one before, and says what it said', I9],
  ['I10: whole numbers, never −0', I10],
])('%s', (_, rows) => {
  it.each(rows)('the audit finds %s, and names %j', (_name, named, plant) => {
    expect(namedWith(plant)).toEqual(named);
  });
});

describe('I9: tampering', () => {
  /** The plan and the type exist. audit-carried-state.test.ts has some that do not. */
  const others = ({ plan, type }: Pick<Entry, 'plan' | 'type'>): Record<string, string> => ({
    plan: plan === 'premium-career' ? 'premium-business' : 'premium-career',
    type: type === 'sent' ? 'renewed' : 'sent',
  });

  it('the audit finds each field of each entry that was tampered with, in that entry', () => {
    const books = storyBooks();
    for (const { walletId, seq, ...fields } of books.entries) {
      for (const [field, value] of Object.entries(fields)) {
        const other = others(fields)[field] ?? (typeof value === 'number' ? value + 1 : `${value}0`);
        const found = audit(tamper(walletId, seq, { [field]: other })(books), RULES);
        const named = found.filter(({ where }) => where === `${walletId} ${seq}`).map(({ invariant }) => invariant);
        expect(named, `${field} of ${walletId} ${seq}`).toContain('I9');
      }
    }
  });
});
