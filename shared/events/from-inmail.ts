/**
 * A change of an InMail as events, with the id `inmail#state`: the difference of its two images. Each state is entered
 * once at the most, and the change that enters it always looks the same, so a redelivered one makes the same events.
 * An InMail that is created makes none: its `sent` entry tells of it, and knows what it cost.
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

/** Told once, whichever writes it down: the job, or a late response that comes before it (R16). */
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

/** With the message itself: whoever sends the mail may read no InMails, and could not ask for it. */
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

/** True from the first instant after the window, whenever the sweep wrote it down (R16). */
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

/** How it was answered and what became of the credit, not what was written. */
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
