import { describe, expect, it } from 'vitest';
import { domainEvent } from '../../shared/contract/events.ts';
import { CATALOGUE, PRODUCTS } from '../../shared/domain/plans.ts';
import { nameOf } from '../../web/words/names.ts';
import { EVENT_TYPES, sentenceOfEvent, sentenceOfRun, titleOfSweep } from '../../web/words/time-words.ts';

const AT = '2024-02-10T00:05:00.000Z';
const run = { scheduledAt: AT, report: { found: 1, written: 1, failed: 0 } } as const;
const event = { eventId: 'one', at: AT } as const;

describe('what happened while the clock moved', () => {
  it.each([
    ['one renewal', { sweep: 'renew-wallets', ...run }, '1 wallet renewed.'],
    [
      'three reminders and a failure',
      { sweep: 'remind-recipients', ...run, report: { found: 4, written: 3, failed: 1 } },
      '3 recipients reminded, 1 failed.',
    ],
    [
      'reminders that would have come too late',
      { sweep: 'remind-recipients', ...run, report: { found: 3, written: 0, failed: 0, leftOut: 3 } },
      '0 recipients reminded, 3 left out because it was too late.',
    ],
    ['an expiry', { sweep: 'expire-inmails', ...run }, '1 InMail expired.'],
    [
      'a failure',
      { sweep: 'expire-inmails', scheduledAt: AT, error: 'Error: no table' },
      'The run failed (Error: no table). The next one makes up for it.',
    ],
    ['one write of a sweep that the page does not know', { sweep: 'check-wallets', ...run }, '1 write.'],
    [
      'two writes of a sweep that the page does not know',
      { sweep: 'constructor', ...run, report: { found: 2, written: 2, failed: 0 } },
      '2 writes.',
    ],
  ] as const)('a run with %s is told in a sentence', (_what, told, sentence) => {
    expect(sentenceOfRun(told)).toBe(sentence);
  });

  it('a sweep is told in the words of the table it is given', () => {
    const words = [
      { name: 'check-wallets', title: 'Checks', wrote: { one: 'wallet checked', many: 'wallets checked' } },
    ];
    expect(titleOfSweep('check-wallets', words)).toBe('Checks');
    expect(sentenceOfRun({ sweep: 'check-wallets', ...run }, words)).toBe('1 wallet checked.');
  });

  it.each([
    ['renew-wallets', 'Renewals'],
    ['check-wallets', 'Check wallets'],
    ['constructor', 'Constructor'],
  ])('the sweep %s is called %s', (name, title) => {
    expect(titleOfSweep(name)).toBe(title);
  });
});

describe('the sentence for an event', () => {
  it('every type of event has a sentence of its own, and no other type has one', () => {
    const types = domainEvent.options.map(({ shape }) => shape.type.value);
    expect(EVENT_TYPES.toSorted()).toEqual(types.toSorted());
  });

  it.each([
    [{ type: 'InMailSent', senderId: 'ada', recipientId: 'bob', balance: 1 }, 'ada sent bob an InMail: 1 credit left.'],
    [
      { type: 'CreditReturned', senderId: 'ada', recipientId: 'bob', delta: 1 },
      "bob responded, and ada's credit came back.",
    ],
    [
      { type: 'CreditReturned', senderId: 'ada', recipientId: 'bob', delta: 0 },
      "bob responded, but ada's wallet was full, so the credit was forfeited.",
    ],
  ])('an event %j is told as «%s»', (fields, sentence) => {
    expect(sentenceOfEvent({ ...event, ...fields })).toBe(sentence);
  });

  it.each([
    [{ type: 'InMailHidden', senderId: 'ada', recipientId: 'bob' }, 'InMail hidden: ada, bob.'],
    [{ type: 'InMailsImported', memberId: 'ada' }, 'InMails imported: ada.'],
    [
      { type: 'CreditsAdjusted', memberId: 'ada', product: 'sales-navigator' },
      'Credits adjusted: ada, Sales Navigator.',
    ],
    [{ type: 'ReminderOfInMailSent', inmailId: 'ada~bob~000001' }, 'Reminder of InMail sent: ada~bob~000001.'],
    [{ type: 'clock-moved' }, 'Clock moved.'],
    [{ type: 'constructor' }, 'Constructor.'],
    [{ type: '…' }, '….'],
  ])('an event %j of an unknown type is told as «%s»', (fields, sentence) => {
    expect(sentenceOfEvent({ ...event, ...fields })).toBe(sentence);
  });
});

describe('the names of products and plans', () => {
  it('every plan is called by its title, and every product by a name of its own', () => {
    for (const { plan, title } of CATALOGUE.values()) expect(nameOf(plan)).toBe(title);
    for (const product of PRODUCTS) expect(nameOf(product)).toMatch(/^[A-Z]/);
  });

  it.each(['recruiter-corporate', 'constructor'])('an unknown plan %s is called as the API calls it', (name) => {
    expect(nameOf(name)).toBe(name);
  });
});
