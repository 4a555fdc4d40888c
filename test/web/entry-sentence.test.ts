import { describe, expect, it } from 'vitest';
import { ENTRY_TYPES, type EntryBody, RULE_OF } from '../../shared/domain/ledger.ts';
import { RULE_SAYS, sentenceOf } from '../../web/words/entry-sentence.ts';
import { aBody } from '../support/domain-builders.ts';

const inmailId = 'ada~bob~000001';

const told: readonly (readonly [string, EntryBody, string])[] = [
  [
    'a first subscription',
    aBody({ type: 'subscribed', delta: 5 }),
    'Subscribed to Premium Career: its 5 credits came in at once.',
  ],
  [
    'a subscription after a cancellation',
    aBody({ type: 'subscribed', delta: 5, term: 3 }),
    'Subscribed again, now to Premium Career: its 5 credits came in at once.',
  ],
  [
    'a renewal that fits',
    aBody({ type: 'renewed', delta: 5, balance: 10 }),
    'Monthly renewal of Premium Career: 5 credits came in.',
  ],
  [
    'a renewal that fits in part',
    aBody({ type: 'renewed', delta: 1, balance: 15, forfeited: 4 }),
    'Monthly renewal of Premium Career: 1 of 5 came in, up to the maximum of 15, and 4 were forfeited.',
  ],
  [
    'a renewal of a full wallet',
    aBody({ type: 'renewed', delta: 0, balance: 15, forfeited: 5 }),
    'Monthly renewal of Premium Career: the wallet held its maximum of 15, so all 5 were forfeited.',
  ],
  ['a send', aBody({ type: 'sent', delta: -1, balance: 4, inmailId }), 'An InMail to bob cost one credit.'],
  [
    'a return',
    aBody({ type: 'returned', delta: 1, balance: 5, inmailId }),
    'The InMail to bob was answered in time, and its credit came back.',
  ],
  [
    'a return at the cap',
    aBody({ type: 'returned', delta: 0, balance: 15, forfeited: 1, inmailId }),
    'The InMail to bob was answered in time, but the wallet held its maximum of 15, so the credit was forfeited.',
  ],
  [
    'a cancellation',
    aBody({ type: 'cancelled', delta: -3, balance: 0, forfeited: 3, term: 2 }),
    'Cancelled Premium Career: the 3 credits left were forfeited.',
  ],
  [
    'a cancellation with one credit left',
    aBody({ type: 'cancelled', delta: -1, balance: 0, forfeited: 1, term: 2 }),
    'Cancelled Premium Career: the 1 credit left was forfeited.',
  ],
  [
    'a cancellation of an empty wallet',
    aBody({ type: 'cancelled', delta: 0, balance: 0, term: 2 }),
    'Cancelled Premium Career: no credits were left to forfeit.',
  ],
];

describe('the sentence for an entry', () => {
  it.each(told)('one sentence tells %s', (_what, entry, sentence) => {
    expect(sentenceOf(entry)).toBe(sentence);
  });

  it('the sentence of a change names both plans if the entry before is known', () => {
    const before = aBody({ balance: 7 });
    const change = aBody({ type: 'plan-changed', plan: 'premium-business', delta: 8, balance: 15, forfeited: 7 });
    const end = 'to Premium Business: the 7 credits left were forfeited, and 15 credits came in at once.';
    expect(sentenceOf(change, before)).toBe(`Changed plan from Premium Career ${end}`);
    expect(sentenceOf(change)).toBe(`Changed plan ${end}`);
  });

  it('an unknown plan is called as the API calls it', () => {
    expect(sentenceOf(aBody({ type: 'subscribed', plan: 'premium-2030', delta: 5 }))).toContain('to premium-2030:');
  });

  it('every type of entry has a sentence for its rule', () => {
    expect(Object.keys(RULE_SAYS).sort()).toEqual([...ENTRY_TYPES].sort());
    expect(Object.keys(RULE_OF).sort()).toEqual(Object.keys(RULE_SAYS).sort());
  });
});
