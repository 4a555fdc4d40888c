/**
 * Decides what is due when an InMail comes to its time. Only the InMail itself counts, because a queue may be wrong
 * about it.
 */
import type { Change } from './change.ts';
import { type InMail, type InMailParts, inmailPartsOf } from './inmail.ts';
import type { Instant } from './instant.ts';
import { expiredFrom, isExpired, type Rules, remindAt, remindUntil } from './rules.ts';

/** The facts of an InMail by which a deadline is judged. */
export type Waiting = InMailParts & Pick<InMail, 'sentAt' | 'status' | 'remindedAt' | 'hiddenByRecipient'>;

/** `left-out` means that it is too late to help. */
export type Deadline =
  | { readonly kind: 'due'; readonly dueAt: Instant; readonly change: Change }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'nothing-due' };

/**
 * R15: an InMail that is answered, expired or hidden by its recipient gets no reminder. Nor does one for which it is
 * too late.
 */
export function decideReminder(waiting: Waiting, now: Instant, rules: Rules): Deadline {
  const { sentAt, status, remindedAt, hiddenByRecipient } = waiting;
  const isWaiting = status === 'pending' && !isExpired(sentAt, now, rules) && !remindedAt && !hiddenByRecipient;
  const dueAt = remindAt(sentAt, rules);
  if (!isWaiting || now < dueAt) return { kind: 'nothing-due' };
  if (now > remindUntil(sentAt, rules)) return { kind: 'left-out' };
  return {
    kind: 'due',
    dueAt,
    change: { kind: 'record-reminder', ...inmailPartsOf(waiting), sentAt, remindedAt: now },
  };
}

/** R16: every InMail that has expired, however long ago. */
export function decideExpiry(waiting: Waiting, now: Instant, rules: Rules): Deadline {
  const { sentAt, status } = waiting;
  if (status !== 'pending' || !isExpired(sentAt, now, rules)) return { kind: 'nothing-due' };
  const change = { kind: 'record-expiry', ...inmailPartsOf(waiting), sentAt } as const;
  return { kind: 'due', dueAt: expiredFrom(sentAt, rules), change };
}
