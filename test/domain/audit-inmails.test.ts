import { describe, expect, it } from 'vitest';
import { answer, type InMail } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES, type Rules } from '../../shared/domain/rules.ts';
import { anInMail, day, plus } from '../support/domain-builders.ts';
import {
  addInMail,
  answerInMail,
  append,
  editInMail,
  giveBack,
  namedIn,
  namedWith,
  type Plant,
  payFor,
} from './planting.ts';
import { World } from './world.ts';

const NAV = 'ada#sales-navigator';
const APRIL = '2024-04-02T10:00:00.000Z';
const RETURNED = { credit: 'returned' } as const;
const AT_CAP = { credit: 'lost', creditReason: 'at-cap' } as const;
const LATE = { credit: 'lost', creditReason: 'late' } as const;

type Row = [string, string[], readonly Plant[]];

const say = (inmailId: string, facts: Partial<InMail>): Plant =>
  editInMail(inmailId, (inmail) => ({ ...inmail, ...facts }) as InMail);
const unanswer: Plant = editInMail('ada~bob~000001', (inmail) => {
  const { inmailId, senderId, recipientId, n, product, term, seq, sentAt } = inmail;
  return anInMail({ inmailId, senderId, recipientId, n, product, term, seq, sentAt });
});

const faultless: readonly Row[] = [
  ['a send more', [], [payFor({ walletId: NAV, to: 'hal', at: APRIL })]],
  [
    'an answer in time and its credit',
    [],
    [
      answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', RETURNED),
      giveBack('bob#recruiter', 'bob~ada~000001', '2024-03-02T10:00:00Z'),
    ],
  ],
  [
    'a second InMail after an answer',
    [],
    [payFor({ walletId: 'eve#premium', to: 'ada', at: '2024-03-11T10:00:00Z', n: 2 })],
  ],
];

const I6: readonly Row[] = [
  ['a credit spent for nothing', ['I6'], [append(NAV, { type: 'sent', at: instant(APRIL), delta: -1 })]],
  ['a credit spent for an InMail that is not there', ['I6'], [editInMail('bob~ada~000001', () => undefined)]],
  ['an InMail nobody paid for', ['I6'], [addInMail(anInMail({ senderId: 'hal', seq: 2 }))]],
  [
    'an InMail nobody paid for, answered late',
    ['I6'],
    [addInMail(anInMail({ senderId: 'hal' })), answerInMail('hal~bob~000001', '2024-06-01T00:00:00Z', LATE)],
  ],
  [
    'an InMail paid for twice',
    ['I6'],
    [
      append('bob#recruiter', {
        type: 'sent',
        at: instant('2024-03-02T10:00:00Z'),
        delta: -1,
        inmailId: 'bob~ada~000001',
      }),
    ],
  ],
  ['an InMail paid for by another product', ['I6'], [say('bob~ada~000001', { product: 'premium' })]],
  ['an InMail paid for by another member', ['I6'], [say('bob~ada~000001', { senderId: 'hal' })]],
  ['an InMail that names another entry', ['I6'], [say('bob~ada~000001', { seq: 3 })]],
  ['an InMail that names another term', ['I6'], [say('bob~ada~000001', { term: 2 })]],
  [
    'an InMail sent at another instant',
    ['I6'],
    [say('bob~ada~000001', { sentAt: plus(instant('2024-03-01T10:00:00Z'), 1) })],
  ],
];

const I7: readonly Row[] = [
  ['a credit that came back twice', ['I7'], [giveBack('eve#premium', 'eve~ada~000001', '2024-03-10T10:00:00Z')]],
  [
    'a credit that came back without an answer',
    ['I7'],
    [giveBack('bob#recruiter', 'bob~ada~000001', '2024-03-02T10:00:00Z')],
  ],
  [
    'a credit that came back for no InMail',
    ['I7'],
    [giveBack('bob#recruiter', 'bob~hal~000001', '2024-03-02T10:00:00Z')],
  ],
  [
    'a credit that came back after the answer',
    ['I7'],
    [
      answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', RETURNED),
      giveBack('bob#recruiter', 'bob~ada~000001', '2024-03-02T10:00:00.001Z'),
    ],
  ],
  [
    'a credit that came back to another wallet',
    ['I7'],
    [
      answerInMail('bob~ada~000001', APRIL, AT_CAP),
      giveBack(NAV, 'bob~ada~000001', APRIL, { delta: 0, balance: 150, forfeited: 1 }),
    ],
  ],
  [
    'a credit that came back to a later term',
    ['I7'],
    [
      answerInMail('fay~ada~000001', '2024-03-14T10:00:00Z', RETURNED),
      giveBack('fay#premium', 'fay~ada~000001', '2024-03-14T10:00:00Z'),
    ],
  ],
  [
    'an InMail that says its credit came back, and no entry',
    ['I7'],
    [answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', RETURNED)],
  ],
  [
    'an InMail that says its credit met the cap, and no entry',
    ['I7'],
    [answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', AT_CAP)],
  ],
  ['an InMail that says its credit was lost, and an entry', ['I7'], [say('eve~ada~000001', LATE)]],
];

const I5: readonly Row[] = [
  [
    'two credits that came back for one',
    ['I5', 'I7'],
    [
      answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', RETURNED),
      giveBack('bob#recruiter', 'bob~ada~000001', '2024-03-02T10:00:00Z', { delta: 2 }),
    ],
  ],
  [
    'a credit forfeited below the cap',
    ['I5'],
    [
      answerInMail('bob~ada~000001', '2024-03-02T10:00:00Z', AT_CAP),
      giveBack('bob#recruiter', 'bob~ada~000001', '2024-03-02T10:00:00Z', { delta: 0, forfeited: 1 }),
    ],
  ],
  [
    'a credit that came back over the cap',
    ['I3', 'I5'],
    [
      payFor({ walletId: NAV, to: 'hal', at: APRIL }),
      append(NAV, {
        type: 'renewed',
        at: instant('2024-05-01T00:00:00Z'),
        delta: 1,
        forfeited: 49,
        lastGrantOn: day('2024-05-01'),
      }),
      answerInMail('ada~hal~000001', '2024-05-02T10:00:00Z', RETURNED),
      giveBack(NAV, 'ada~hal~000001', '2024-05-02T10:00:00Z'),
    ],
  ],
];

const I11: readonly Row[] = [
  [
    'two unanswered InMails of a pair',
    ['I11'],
    [payFor({ walletId: 'bob#recruiter', to: 'ada', at: '2024-03-02T10:00:00Z', n: 2 })],
  ],
  [
    'an expired InMail with one after it',
    ['I11'],
    [
      say('bob~ada~000001', { status: 'expired' }),
      payFor({ walletId: 'bob#recruiter', to: 'ada', at: '2024-03-02T10:00:00Z', n: 2 }),
    ],
  ],
  ['a number left out', ['I11'], [payFor({ walletId: 'eve#premium', to: 'ada', at: '2024-03-11T10:00:00Z', n: 3 })]],
  [
    'a number given twice',
    ['I11'],
    [
      addInMail(
        answer(
          anInMail({ senderId: 'eve', recipientId: 'ada', sentAt: instant('2024-03-09T10:00:00Z') }),
          { type: 'accept', at: instant('2024-03-10T10:00:00Z') },
          RETURNED,
        ),
      ),
    ],
  ],
  ['a first number that is not 1', ['I11'], [payFor({ walletId: NAV, to: 'hal', at: APRIL, n: 2 })]],
  ['an answer that is gone, with an InMail after it', ['I7', 'I11'], [unanswer]],
];

describe.each([
  ['nothing', faultless],
  ['I5: what comes back is one credit, or none at the cap', I5],
  ['I6: sent entries and InMails, one to one', I6],
  ['I7: a credit comes back at most once, to the term that paid, for an answer in time', I7],
  ['I11: the InMails of a pair are numbered 1…k, and only the last may be unanswered', I11],
])('%s', (_, rows) => {
  it.each(rows)('the audit finds %s, and names %j', (_name, named, plants) => {
    expect(namedWith(...plants)).toEqual(named);
  });
});

describe('I7: a response in time', () => {
  /** Books of a world where credits come back for 100 days, as the audit of a world of 90 sees them. */
  function answeredAfter(millis: number) {
    const longer: Rules = { ...RULES, returnWindowHours: 100 * 24 };
    const world = new World(longer).at('2024-03-01T12:00Z');
    world.subscribe('ada', 'premium-business');
    world.send({ from: 'ada', to: 'bob' });
    world.at(plus(world.now, 90 * 24 * 3_600_000 + millis)).respond('ada~bob~000001');
    expect(world.ledger('ada#premium').at(-1)?.type).toBe('returned');
    return world.books();
  }

  it.each([
    [-1, []],
    [0, []],
    [1, ['I7']],
  ])('an InMail answered %i ms after 90 days, with its credit returned, makes the audit name %j', (millis, named) => {
    expect(namedIn(answeredAfter(millis))).toEqual(named);
  });
});
