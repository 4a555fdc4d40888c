import { describe, expect, it } from 'vitest';
import { domainEvent } from '../../shared/contract/events.ts';
import { instant } from '../../shared/domain/instant.ts';
import { ENTRY_TYPES, type Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfEntry } from '../../shared/events/from-entry.ts';
import { anEntry } from '../support/domain-builders.ts';

const AT = instant('2024-03-01T12:00:00Z');
const wallet = { walletId: 'ada#premium', memberId: 'ada', product: 'premium', seq: 4 };
const envelope = { version: 1, eventId: 'ada#premium#4', at: AT };
const letter = { inmailId: 'ada~bob~000001', senderId: 'ada', recipientId: 'bob' };
const forfeiture = { ...envelope, ...wallet, eventId: 'ada#premium#4#forfeited', type: 'CreditsForfeited' };

const entryOf = (facts: Partial<Entry>): Entry => anEntry({ seq: 4, at: AT, ...facts });

describe('an entry', () => {
  it.each<[string, Partial<Entry>, object[]]>([
    ['subscribed', { delta: 5, balance: 5 }, [{ type: 'SubscriptionStarted', delta: 5, balance: 5 }]],
    ['renewed', { delta: 5, balance: 12 }, [{ type: 'CreditsRenewed', delta: 5, balance: 12, forfeited: 0 }]],
    [
      'renewed',
      { delta: 1, balance: 15, forfeited: 4 },
      [
        { type: 'CreditsRenewed', delta: 1, balance: 15, forfeited: 4 },
        { ...forfeiture, cause: 'renewal', forfeited: 4 },
      ],
    ],
    [
      'sent',
      { delta: -1, balance: 3, inmailId: letter.inmailId },
      [{ type: 'InMailSent', delta: -1, balance: 3, ...letter, returnableUntil: '2024-05-30T12:00:00.000Z' }],
    ],
    [
      'returned',
      { delta: 1, balance: 4, inmailId: letter.inmailId },
      [{ type: 'CreditReturned', delta: 1, balance: 4, ...letter, forfeited: 0 }],
    ],
    [
      'returned',
      { delta: 0, balance: 15, forfeited: 1, inmailId: letter.inmailId },
      [
        { type: 'CreditReturned', delta: 0, balance: 15, ...letter, forfeited: 1 },
        { ...forfeiture, cause: 'return', forfeited: 1 },
      ],
    ],
    [
      'plan-changed',
      { delta: 8, balance: 15, forfeited: 7, term: 2, plan: 'premium-business' },
      [
        { type: 'SubscriptionChanged', delta: 8, balance: 15, forfeited: 7, term: 2, plan: 'premium-business' },
        { ...forfeiture, cause: 'plan-change', forfeited: 7 },
      ],
    ],
    [
      'plan-changed',
      { delta: 15, balance: 15, term: 2, plan: 'premium-business' },
      [{ type: 'SubscriptionChanged', delta: 15, balance: 15, forfeited: 0, term: 2, plan: 'premium-business' }],
    ],
    [
      'cancelled',
      { delta: -3, balance: 0, forfeited: 3, term: 2 },
      [
        { type: 'SubscriptionCancelled', delta: -3, balance: 0, forfeited: 3, term: 2 },
        { ...forfeiture, cause: 'cancellation', forfeited: 3 },
      ],
    ],
    [
      'cancelled',
      { delta: 0, balance: 0, term: 2 },
      [{ type: 'SubscriptionCancelled', delta: 0, forfeited: 0, term: 2 }],
    ],
  ])(
    'a %s entry with %j becomes events that tell it as it stands, and the forfeited credits besides',
    (type, facts, [movement, ...others]) => {
      const events = eventsOfEntry(entryOf({ type: type as Entry['type'], ...facts }), RULES);
      const usual = { ...envelope, ...wallet, term: 1, plan: 'premium-career', balance: 0 };
      expect(events).toEqual([{ ...usual, ...movement }, ...others]);
    },
  );

  it.each(ENTRY_TYPES)('a %s entry makes events that match their schema, field by field', (type) => {
    const forfeits = type === 'subscribed' || type === 'sent' ? 0 : 1;
    const facts = { type, delta: 0, balance: 2, forfeited: forfeits, inmailId: letter.inmailId };
    for (const event of eventsOfEntry(entryOf(facts), RULES)) expect(domainEvent.parse(event)).toEqual(event);
  });

  it('an entry makes the same events at every delivery, and in any order of its attributes', () => {
    const entry = entryOf({ type: 'renewed', delta: 1, balance: 15, forfeited: 4 });
    const turned = Object.fromEntries(Object.entries(entry).reverse()) as Entry;
    expect(JSON.stringify(eventsOfEntry(turned, RULES))).toBe(JSON.stringify(eventsOfEntry(entry, RULES)));
  });

  it.each<[string, object]>([
    ['an entry of an unknown type', { type: 'adjusted' }],
    ['a send that forfeited something', { type: 'sent', forfeited: 1, inmailId: letter.inmailId }],
    ['a send that names no InMail', { type: 'sent' }],
    ['an entry of an unknown product', { walletId: 'ada#gold' }],
  ])('%s is refused instead of passed over', (_, facts) => {
    expect(() => eventsOfEntry({ ...entryOf({}), ...facts } as Entry, RULES)).toThrow();
  });
});
