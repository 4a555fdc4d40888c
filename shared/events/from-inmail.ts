/**
 * A change of an InMail as events, with the id `inmail#state`. They come from the difference of its two images. An
 * InMail enters each state at most once, and the change always looks the same. So a redelivered change makes the same
 * events. The creation of an InMail makes none, because its `sent` entry tells of it, with its cost.
 */

import type { DomainEvent, EventOf } from '../contract/events.ts';
import { type AnsweredInMail, type InMail, isAnswered } from '../domain/inmail.ts';
import { expiredFrom, type Rules, returnableUntil } from '../domain/rules.ts';

export function eventsOfInMail(before: InMail | undefined, after: InMail, rules: Rules): DomainEvent[] {
  if (!before) return [];
  return [
    ...(after.remindedAt && !before.remindedAt ? [reminderOf(after, after.remindedAt, rules)] : []),
    ...(before.status === 'pending' && hasExpired(after) ? [expiryOf(after, rules)] : []),
    ...(isAnswered(after) && !isAnswered(before) ? [answerOf(after)] : []),
  ];
}

/** The event is told once. Either the job writes the expiry down, or a late response that comes before it (R16). */
const hasExpired = (inmail: InMail): boolean =>
  isAnswered(inmail) ? inmail.creditReason === 'late' : inmail.status === 'expired';

const envelopeOf = ({ inmailId }: InMail, state: 'reminded' | 'expired' | 'answered') => ({
  version: 1 as const,
  eventId: `${inmailId}#${state}`,
});

const factsOf = ({ inmailId, senderId, recipientId, product, sentAt }: InMail) => ({
  inmailId,
  senderId,
  recipientId,
  product,
  sentAt,
});

/** It holds the text of the InMail, because the mail service may read no InMails and could not ask for it. */
function reminderOf(inmail: InMail, remindedAt: string, rules: Rules): EventOf<'InMailReminderDue'> {
  const { subject, body, sentAt } = inmail;
  return {
    ...envelopeOf(inmail, 'reminded'),
    type: 'InMailReminderDue',
    at: remindedAt,
    ...factsOf(inmail),
    subject,
    body,
    remindedAt,
    returnableUntil: returnableUntil(sentAt, rules),
  };
}

/** `at` is the first instant after the window, whenever the sweep wrote it down (R16). */
function expiryOf(inmail: InMail, rules: Rules): EventOf<'InMailExpired'> {
  const until = returnableUntil(inmail.sentAt, rules);
  return {
    ...envelopeOf(inmail, 'expired'),
    type: 'InMailExpired',
    at: expiredFrom(inmail.sentAt, rules),
    ...factsOf(inmail),
    returnableUntil: until,
  };
}

/** It tells the kind of response and the outcome for the credit, but not the text. */
function answerOf(inmail: AnsweredInMail): EventOf<'InMailAnswered'> {
  const { status, response, credit, creditReason } = inmail;
  return {
    ...envelopeOf(inmail, 'answered'),
    type: 'InMailAnswered',
    at: response.at,
    ...factsOf(inmail),
    status,
    credit,
    ...(creditReason && { creditReason }),
  };
}
