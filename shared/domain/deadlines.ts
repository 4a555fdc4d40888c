/** What the jobs find when an InMail comes to its time: decided from the InMail itself, whatever a queue says of it. */
import type { Change } from './change.ts';
import { type InMail, type InMailParts, inmailPartsOf } from './inmail.ts';
import type { Instant } from './instant.ts';
import { expiredFrom, isExpired, type Rules, remindAt, remindUntil } from './rules.ts';

/** What a deadline is judged by. */
export type Waiting = InMailParts & Pick<InMail, 'sentAt' | 'status' | 'remindedAt' | 'hiddenByRecipient'>;

/** `left-out`: the time at which it would have helped is over. */
export type Deadline =
  | { readonly kind: 'due'; readonly dueAt: Instant; readonly change: Change }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'nothing-due' };

/** R15: no reminder of what is answered, expired, or hidden by its recipient, and none that comes too late to help. */
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

/** R16: whatever has expired, however long ago. */
export function decideExpiry(waiting: Waiting, now: Instant, rules: Rules): Deadline {
  const { sentAt, status } = waiting;
  if (status !== 'pending' || !isExpired(sentAt, now, rules)) return { kind: 'nothing-due' };
  const change = { kind: 'record-expiry', ...inmailPartsOf(waiting), sentAt } as const;
  return { kind: 'due', dueAt: expiredFrom(sentAt, rules), change };
}
