import { describe, expect, it } from 'vitest';
import { audit } from '../../shared/domain/audit.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { EntryType } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { day } from '../support/domain-builders.ts';
import { answerInMail, append, edit, namedWith, type Plant, payFor, tamper } from './planting.ts';
import { storyBooks } from './story.ts';

/**
 * Each entry carries the wallet's state: plan, term, anchor and date of the last grant. A writer that gets one of these
 * wrong moves everything that comes after, so an audit that believes them finds nothing. Here each is wrong once, in an
 * entry that otherwise follows the rules, and the audit must name something.
 */
const NAV = 'ada#sales-navigator';
const APRIL = instant('2024-04-02T10:00:00Z');

/** Career, signed up on 31 Jan 2024 and renewed on 29 Feb. Then the anchor drifts to 29, so it renews on 29 Mar. */
const drifted: readonly Plant[] = [
  (books) => ({
    entries: books.entries.filter(({ walletId, seq }) => walletId === 'gil#premium' && seq === 1),
    inmails: [],
  }),
  edit('gil#premium', 1, { at: instant('2024-01-31T15:00:00Z'), anchorDay: 31, lastGrantOn: day('2024-01-31') }),
  append('gil#premium', {
    type: 'renewed',
    at: instant('2024-02-29T00:00:00Z'),
    delta: 5,
    anchorDay: 29,
    lastGrantOn: day('2024-02-29'),
  }),
  append('gil#premium', {
    type: 'renewed',
    at: instant('2024-03-29T00:00:00Z'),
    delta: 5,
    lastGrantOn: day('2024-03-29'),
  }),
];

describe('the audit finds a state that is carried on wrongly', () => {
  const rows: readonly [string, readonly Plant[]][] = [
    ['an anchor that drifts at the end of February (R3)', drifted],
    ['a sign-up with another anchor than its own day (R3)', [edit('gil#premium', 1, { anchorDay: 1 })]],
    [
      'a sign-up granted on another day than its own (R5)',
      [edit('gil#premium', 1, { lastGrantOn: day('2024-12-31') })],
    ],
    [
      'a plan change that moves the anchor (R3)',
      [
        append('gil#premium', {
          type: 'plan-changed',
          at: instant('2024-03-20T10:00:00Z'),
          plan: 'premium-business',
          term: 2,
          delta: 10,
          forfeited: 5,
          anchorDay: 20,
          lastGrantOn: day('2024-03-20'),
        }),
      ],
    ],
    [
      'a plan change that does not count as a grant (R5)',
      [
        append('gil#premium', {
          type: 'plan-changed',
          at: instant('2024-03-20T10:00:00Z'),
          plan: 'premium-business',
          term: 2,
          delta: 10,
          forfeited: 5,
        }),
      ],
    ],
    [
      'a send that counts as a grant, so that renewals are passed over (I4)',
      [payFor({ walletId: NAV, to: 'hal', at: APRIL }, { lastGrantOn: day('2034-04-01') })],
    ],
    [
      'a send that takes a grant back, so that a renewal comes twice (I4)',
      [
        payFor({ walletId: NAV, to: 'hal', at: '2024-04-01T00:00:00Z' }, { lastGrantOn: day('2024-03-01') }),
        append(NAV, {
          type: 'renewed',
          at: instant('2024-04-01T00:00:00Z'),
          delta: 1,
          forfeited: 49,
          lastGrantOn: day('2024-04-01'),
        }),
      ],
    ],
    [
      'a send that changes the plan (R10)',
      [payFor({ walletId: NAV, to: 'hal', at: APRIL }, { plan: 'sales-navigator-enterprise' })],
    ],
    [
      'a send that moves the anchor (R3)',
      [payFor({ walletId: 'gil#premium', to: 'hal', at: '2024-03-14T11:00:00Z' }, { anchorDay: 15 })],
    ],
    [
      'a second sign-up in a subscription, which grants without forfeiting (R1, R10)',
      [append('gil#premium', { type: 'subscribed', at: instant('2024-03-14T11:00:00Z'), term: 2, delta: 5 })],
    ],
    [
      'a change to the plan the member has (R10)',
      [
        append('gil#premium', {
          type: 'plan-changed',
          at: instant('2024-03-15T10:00:00Z'),
          term: 2,
          delta: 0,
          forfeited: 5,
          lastGrantOn: day('2024-03-15'),
        }),
      ],
    ],
    [
      'a plan of another product',
      [
        append('gil#premium', {
          type: 'plan-changed',
          at: instant('2024-03-15T10:00:00Z'),
          plan: 'recruiter-lite',
          term: 2,
          delta: 25,
          forfeited: 5,
          lastGrantOn: day('2024-03-15'),
        }),
      ],
    ],
  ];

  it.each(rows)('the audit finds %s', (_, plants) => {
    expect(namedWith(...plants)).not.toEqual([]);
  });
});

describe('the audit finds a credit that was withheld (R13)', () => {
  /**
   * Bob wrote to Ada on 1 Mar at 10:00 and stays in his term. Fay's term, which paid for her InMail, ended on 13 Mar at
   * 10:00.
   */
  it.each([
    ['bob~ada~000001', '2024-03-02T10:00:00.000Z', 'late', ['I7']],
    ['bob~ada~000001', '2024-05-30T10:00:00.000Z', 'late', ['I7']],
    ['bob~ada~000001', '2024-05-30T10:00:00.001Z', 'late', []],
    ['bob~ada~000001', '2024-03-02T10:00:00.000Z', 'term-ended', ['I7']],
    ['fay~ada~000001', '2024-03-13T09:59:59.999Z', 'term-ended', ['I7']],
    ['fay~ada~000001', '2024-03-13T10:00:00.000Z', 'term-ended', []],
  ] as const)(
    'the audit of %s, answered at %s with its credit lost as “%s”, names %j',
    (inmailId, at, creditReason, named) => {
      expect(namedWith(answerInMail(inmailId, at, { credit: 'lost', creditReason }))).toEqual(named);
    },
  );

  it('the audit finds an InMail that says its credit came back although the ledger forfeited it at the cap', () => {
    const says: Plant = ({ entries, inmails }) => ({
      entries,
      inmails: inmails.map((inmail) => {
        if (inmail.inmailId !== 'ada~bob~000002' || !('credit' in inmail)) return inmail;
        const { creditReason: _reason, ...answered } = inmail;
        return { ...answered, credit: 'returned' as const };
      }),
    });
    expect(namedWith(says)).not.toEqual([]);
  });
});

describe('the audit names what it does not know, and goes on with the other wallets', () => {
  it.each([
    ['a plan the catalogue does not have', { plan: 'premium-platinum' }],
    ['a type the ledger does not have', { type: 'gift' as EntryType }],
  ])('the audit names an entry of %s, and faults of other wallets as well', (_, patch) => {
    const books = tamper('gil#premium', 1, { balance: 4 })(tamper('eve#premium', 1, patch)(storyBooks()));
    const where = audit(books, RULES).map((violation) => violation.where);
    expect(where).toEqual(expect.arrayContaining(['eve#premium 1', 'gil#premium 1']));
  });
});
