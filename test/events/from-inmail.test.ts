import { describe, expect, it } from 'vitest';
import { domainEvent } from '../../shared/contract/events.ts';
import { answer, type InMail } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfInMail } from '../../shared/events/from-inmail.ts';
import { anInMail } from '../support/domain-builders.ts';

const SENT_AT = instant('2024-01-10T10:00:00Z');
const REMINDED_AT = instant('2024-01-13T09:00:00Z');
const ANSWERED_AT = instant('2024-01-14T10:00:00Z');

const pending = anInMail({ sentAt: SENT_AT });
const reminded = anInMail({ sentAt: SENT_AT, remindedAt: REMINDED_AT });
const expired = anInMail({ sentAt: SENT_AT, status: 'expired' });
const hidden: InMail = { ...pending, hiddenByRecipient: true };
const accepted = answer(pending, { type: 'accept', at: ANSWERED_AT }, { credit: 'returned' });
const declinedLate = answer(
  expired,
  { type: 'decline', at: instant('2024-05-01T00:00:00Z') },
  { credit: 'lost', creditReason: 'late' },
);
/** The recipient answered after the window, before a job had written the expiry. */
const declinedUnwritten = answer(
  pending,
  { type: 'decline', at: instant('2024-05-01T00:00:00Z') },
  { credit: 'lost', creditReason: 'late' },
);
const termEnded = answer(pending, { type: 'accept', at: ANSWERED_AT }, { credit: 'lost', creditReason: 'term-ended' });
const replied = answer(
  reminded,
  { type: 'reply', text: 'Tell me more', at: ANSWERED_AT },
  { credit: 'lost', creditReason: 'at-cap' },
);

const letter = {
  version: 1,
  inmailId: 'ada~bob~000001',
  senderId: 'ada',
  recipientId: 'bob',
  product: 'premium',
  sentAt: SENT_AT,
};
const reminder = {
  ...letter,
  type: 'InMailReminderDue',
  eventId: 'ada~bob~000001#reminded',
  at: REMINDED_AT,
  subject: 'A role',
  body: 'Would you like to talk?',
  remindedAt: REMINDED_AT,
  returnableUntil: '2024-04-09T10:00:00.000Z',
};
const expiry = {
  ...letter,
  type: 'InMailExpired',
  eventId: 'ada~bob~000001#expired',
  at: '2024-04-09T10:00:00.001Z',
  returnableUntil: '2024-04-09T10:00:00.000Z',
};
const answered = { ...letter, type: 'InMailAnswered', eventId: 'ada~bob~000001#answered', at: ANSWERED_AT };

describe('an InMail', () => {
  it.each<[string, InMail | undefined, InMail, object[]]>([
    ['an InMail that was created makes no event, because the ledger tells it', undefined, pending, []],
    ['an InMail that is due makes a reminder with all that a mail needs', pending, reminded, [reminder]],
    [
      'an InMail that its recipient hid is due all the same',
      hidden,
      { ...hidden, remindedAt: REMINDED_AT },
      [reminder],
    ],
    ['an InMail that expires makes an event at the instant from which it had expired', pending, expired, [expiry]],
    [
      'an InMail that is answered late, before its expiry was written, makes both events, each at its own instant',
      pending,
      declinedUnwritten,
      [
        expiry,
        { ...answered, at: '2024-05-01T00:00:00.000Z', status: 'declined', credit: 'lost', creditReason: 'late' },
      ],
    ],
    [
      'an InMail that is answered in time, after its term, makes no expiry',
      pending,
      termEnded,
      [{ ...answered, status: 'accepted', credit: 'lost', creditReason: 'term-ended' }],
    ],
    [
      'an InMail that expires after its reminder makes only the expiry',
      reminded,
      { ...expired, remindedAt: REMINDED_AT },
      [expiry],
    ],
    [
      'an InMail that is answered makes an event with the kind of answer and the returned credit',
      pending,
      accepted,
      [{ ...answered, status: 'accepted', credit: 'returned' }],
    ],
    [
      'an InMail that is answered makes an event without the written text',
      reminded,
      replied,
      [{ ...answered, status: 'replied', credit: 'lost', creditReason: 'at-cap' }],
    ],
    [
      'an InMail that had expired makes an event when it is answered late',
      expired,
      declinedLate,
      [{ ...answered, status: 'declined', credit: 'lost', creditReason: 'late', at: '2024-05-01T00:00:00.000Z' }],
    ],
    ['an InMail that is hidden makes no event', pending, hidden, []],
    ['an InMail that is hidden after its answer makes no event', accepted, { ...accepted, hiddenBySender: true }, []],
    ['an InMail that is hidden after its expiry makes no event', expired, { ...expired, hiddenBySender: true }, []],
    ['an InMail that did not change makes no event', reminded, reminded, []],
    [
      'an InMail that went through several states at once makes an event for each, in order',
      pending,
      replied,
      [reminder, { ...answered, status: 'replied', credit: 'lost', creditReason: 'at-cap' }],
    ],
  ])('%s', (_, before, after, expected) => {
    const events = eventsOfInMail(before, after, RULES);
    expect(events).toEqual(expected);
    expect(eventsOfInMail(before, after, RULES)).toEqual(events);
    for (const event of events) expect(domainEvent.parse(event)).toEqual(event);
  });
});
