/** What has become of an InMail and of its credit, and what a response would still do. */
import type { components } from '../../client/api.ts';

export type InMail = components['schemas']['InMail'];
export type Box = 'inbox' | 'sent';

export const STATUS_NAMES = {
  pending: 'Waiting for a response',
  accepted: 'Accepted',
  declined: 'Declined',
  replied: 'Replied',
  'quick-replied': 'Quick reply',
  expired: 'Expired',
} as const satisfies Record<InMail['status'], string>;

export const QUICK_REPLY_NAMES = {
  interested: 'Interested',
  'maybe-later': 'Maybe later',
  'not-interested': 'Not interested',
} as const;

/** The response as its sender reads it: a quick reply's word is ours, a reply's text is shown by itself. */
export function responseName({ type, text = '' }: NonNullable<InMail['response']>): string {
  if (type === 'quick-reply') return QUICK_REPLY_NAMES[text as keyof typeof QUICK_REPLY_NAMES] ?? text;
  return { accept: 'Accepted', decline: 'Declined', reply: 'Replied' }[type];
}

/** Why the credit is gone (R13, R16). */
const LOST_BECAUSE = {
  late: 'the response came more than 90 days after the InMail',
  expired: 'nobody responded within 90 days',
  'term-ended': 'the plan that paid had been changed or cancelled by then',
  'at-cap': 'the wallet held its maximum, so the credit that came back was forfeited',
} as const satisfies Record<NonNullable<InMail['creditReason']>, string>;

/** A clause, to be followed by when: the pending one ends with a word that an instant follows, unless its term is over. */
export function creditInWords({ credit, creditReason }: InMail, isTermOver = false): string {
  if (credit === 'pending') {
    return isTermOver
      ? 'The credit cannot come back: the plan that paid has been changed or cancelled since.'
      : 'The credit can come back until';
  }
  if (credit === 'returned') return 'The credit came back.';
  return `The credit is lost: ${creditReason ? LOST_BECAUSE[creditReason] : 'by the rules'}.`;
}

/** What a response of the recipient would do, said before it is given (R13); true while nobody has responded. In time it ends with a word that an instant follows. */
export function effectOfResponse({ status, senderId }: InMail): string {
  if (status === 'expired') {
    return `It is too late for the credit: a response only lets ${senderId} write to you again. It gives no credit back.`;
  }
  return (
    `Any response lets ${senderId} write to you again. In time, it gives them the credit back as well, unless their ` +
    'plan has changed since or their wallet is full. In time is until'
  );
}

/** The recipient, while nobody has responded; late is allowed (R12, R16). */
export const canRespond = ({ response, recipientId }: InMail, memberId: string): boolean =>
  response === undefined && recipientId === memberId;
