/** The things of the story: ada, her wallet, and her first InMail to bob. */

import { type DateOnly, dateOf, instant } from '../../domain/instant.ts';
import { type EntryBody, seal } from '../../domain/ledger.ts';
import { withPending } from '../../domain/pending.ts';
import { CATALOGUE, grantOn } from '../../domain/plans.ts';

/** The last day of a month, because renewals are most interesting then (R3). */
export const STORY_STARTS_AT = instant('2031-01-31T15:00:00Z');
const SENT_AT = instant('2031-01-31T15:01:00Z');
export const RESPONDED_AT = instant('2031-01-31T15:02:00Z');

export const WALLET = { memberId: 'ada', product: 'premium' } as const;
export const RENEWAL = { at: instant('2031-02-28T00:00:00Z'), brings: 5, forfeits: 0 };

const creditsLeft = (asOf: string, balance: number) => ({
  ...WALLET,
  asOf,
  plan: 'premium-career',
  balance,
  cap: 15,
  allotment: 5,
  nextRenewal: RENEWAL,
});
export const credits = (asOf: string, balance: number) => ({ ...creditsLeft(asOf, balance), pendingReturns: [] });

export const INMAIL_ID = 'ada~bob~000001';
export const LETTER = { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Would you like to talk?' };
export const PENDING = {
  inmailId: INMAIL_ID,
  senderId: 'ada',
  recipientId: 'bob',
  product: 'premium',
  subject: 'Hello',
  body: 'Would you like to talk?',
  sentAt: SENT_AT,
  returnableUntil: '2031-05-01T15:01:00.000Z',
  status: 'pending',
  credit: 'pending',
};
export const REPLIED = {
  ...PENDING,
  status: 'replied',
  credit: 'returned',
  response: { type: 'reply', text: 'Gladly.', at: RESPONDED_AT },
};
export const SENT = { inmail: PENDING, credits: creditsLeft(SENT_AT, 4) };

const state = {
  walletId: 'ada#premium',
  term: 1,
  plan: 'premium-career',
  anchorDay: 31,
  lastGrantOn: '2031-01-31' as DateOnly,
  forfeited: 0,
};
/** Entry 2, sent on the day of the story. */
const SENT_PENDING = withPending('', { seq: 2, at: SENT_AT });
const BODIES: readonly EntryBody[] = [
  { ...state, seq: 1, at: STORY_STARTS_AT, type: 'subscribed', delta: 5, balance: 5, pending: '', rule: 'R1' },
  {
    ...state,
    seq: 2,
    at: SENT_AT,
    type: 'sent',
    delta: -1,
    balance: 4,
    pending: SENT_PENDING,
    rule: 'R7',
    inmailId: INMAIL_ID,
  },
  {
    ...state,
    seq: 3,
    at: RESPONDED_AT,
    type: 'returned',
    delta: 1,
    balance: 5,
    pending: '',
    rule: 'R13',
    inmailId: INMAIL_ID,
  },
];

/** Newest first, and truly chained, so that their hashes can be verified. */
export const LEDGER = seal(undefined, BODIES).toReversed();
export const STATEMENT = [
  'memberId,product,seq,at,type,delta,balance,forfeited,term,plan,rule,inmailId',
  `ada,premium,3,${RESPONDED_AT},returned,1,5,0,1,premium-career,R13,${INMAIL_ID}`,
  '',
].join('\r\n');

export const PLANS = [...CATALOGUE.values()].map((plan) => {
  const { allotment, cap } = grantOn(plan, dateOf(STORY_STARTS_AT));
  return { plan: plan.plan, product: plan.product, allotment, cap, renews: plan.renews };
});
