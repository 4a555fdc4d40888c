/** Words for the state of an InMail and of its credit, and for the effect of a response. */
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

/** The response as its sender reads it. A quick reply has words of ours. The text of a reply is shown separately. */
export function responseName({ type, text = '' }: NonNullable<InMail['response']>): string {
  if (type === 'quick-reply') return QUICK_REPLY_NAMES[text as keyof typeof QUICK_REPLY_NAMES] ?? text;
  return { accept: 'Accepted', decline: 'Declined', reply: 'Replied' }[type];
}

/** Follows "because" (R13, R16). */
const LOST_BECAUSE = {
  late: 'the response came more than 90 days after the InMail',
  expired: 'the recipient did not respond within 90 days',
  'term-ended': 'the plan that paid was changed or cancelled in the meantime',
  'at-cap': 'the wallet held its maximum when the response came',
} as const satisfies Record<NonNullable<InMail['creditReason']>, string>;

/** The sentence of a pending credit ends with "until", and an instant follows, unless its term is over. */
export function creditInWords({ credit, creditReason }: InMail, isTermOver = false): string {
  if (credit === 'pending') {
    return isTermOver
      ? 'The credit cannot come back, because the plan that paid was changed or cancelled.'
      : 'The credit can come back until';
  }
  if (credit === 'returned') return 'The credit came back.';
  return creditReason ? `The credit is lost because ${LOST_BECAUSE[creditReason]}.` : 'The credit is lost.';
}

/** Tells what a response would do, before it is given (R13). While that is in time, it ends with "until", and an instant follows. */
export function effectOfResponse({ status, senderId }: InMail): string {
  if (status === 'expired') {
    return `It is too late for the credit. A response lets ${senderId} write to you again, but gives no credit back.`;
  }
  return (
    `Any response lets ${senderId} write to you again. A response in time also gives them the credit back, unless ` +
    'their plan has changed or their wallet is full. It is in time until'
  );
}

/** Only the recipient can respond, and only once. A late response is allowed (R12, R16). */
export const canRespond = ({ response, recipientId }: InMail, memberId: string): boolean =>
  response === undefined && recipientId === memberId;
