/** An InMail, its states, and how it looks at an instant. */
import type { Instant } from './instant.ts';
import { MAX_MEMBER_ID, MEMBER_ID_SOURCE } from './member-id.ts';
import type { Product } from './plans.ts';
import { isExpired, type Rules } from './rules.ts';

export const QUICK_REPLIES = ['interested', 'maybe-later', 'not-interested'] as const;

/** R12: each of these counts as a response. */
export type ResponseGiven =
  | { readonly type: 'accept' | 'decline' }
  | { readonly type: 'reply'; readonly text: string }
  | { readonly type: 'quick-reply'; readonly text: (typeof QUICK_REPLIES)[number] };

type ResponseType = ResponseGiven['type'];
export type InMailResponse = { readonly type: ResponseType; readonly text?: string; readonly at: Instant };

/** The outcome for the credit once the InMail was answered (R13). */
export type CreditOutcome =
  | { readonly credit: 'returned'; readonly creditReason?: never }
  | { readonly credit: 'lost'; readonly creditReason: 'late' | 'term-ended' | 'at-cap' };

const ANSWERED_AS = {
  accept: 'accepted',
  decline: 'declined',
  reply: 'replied',
  'quick-reply': 'quick-replied',
} as const satisfies Record<ResponseType, string>;

type AnsweredStatus = (typeof ANSWERED_AS)[ResponseType];

/** These three identify an InMail. Its id and the key of its row are made of them. */
export type InMailParts = {
  readonly senderId: string;
  readonly recipientId: string;
  /** Its number within the pair: 1, 2, 3… (I11). */
  readonly n: number;
};

/** The part of an InMail that is there from its send on. */
type SentInMail = InMailParts & {
  readonly inmailId: string;
  readonly product: Product;
  /** The term of the wallet that paid, and the `sent` entry in it. */
  readonly term: number;
  readonly seq: number;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: Instant;
  readonly idempotencyKey: string;
  readonly remindedAt?: Instant;
  readonly hiddenBySender?: true;
  readonly hiddenByRecipient?: true;
};

/** The daily job writes `expired`. Until then a pending InMail past its window reads as expired all the same (R16). */
export type UnansweredInMail = SentInMail & { readonly status: 'pending' | 'expired' };
export type AnsweredInMail = SentInMail & {
  readonly status: AnsweredStatus;
  readonly response: InMailResponse;
} & CreditOutcome;

export type InMail = UnansweredInMail | AnsweredInMail;

export const MAX_N = 999_999;

const N_DIGITS = 6;

/** Padded, so that text sorts in the order of the numbers. */
export const digitsOf = (n: number): string => String(n).padStart(N_DIGITS, '0');

/** Neither a member's id nor a number holds a `~`. Throws past a pair's millionth InMail. */
export function inmailIdOf({ senderId, recipientId, n }: InMailParts): string {
  if (n > MAX_N) throw new RangeError(`${senderId}~${recipientId}: no InMail ${n}`);
  return `${senderId}~${recipientId}~${digitsOf(n)}`;
}

const INMAIL_ID_PARTS = new RegExp(`^(${MEMBER_ID_SOURCE})~(${MEMBER_ID_SOURCE})~([0-9]{${N_DIGITS}})$`);
/** For the contract, which needs no parts. */
export const INMAIL_ID = new RegExp(`^${MEMBER_ID_SOURCE}~${MEMBER_ID_SOURCE}~[0-9]{${N_DIGITS}}$`);
export const MAX_INMAIL_ID = 2 * (MAX_MEMBER_ID + 1) + N_DIGITS;

/** For an id that comes from outside. Undefined for text that `inmailIdOf` did not make. */
export function partsOfInMailId(inmailId: string): InMailParts | undefined {
  const [, senderId, recipientId, n] = INMAIL_ID_PARTS.exec(inmailId) ?? [];
  return senderId && recipientId && n ? { senderId, recipientId, n: Number(n) } : undefined;
}

export const inmailPartsOf = ({ senderId, recipientId, n }: InMailParts): InMailParts => ({ senderId, recipientId, n });

/** Pending and expired InMails lock their pair (R9). Only a response frees it. */
export const isAnswered = (inmail: InMail): inmail is AnsweredInMail => 'response' in inmail;

export function answer(inmail: UnansweredInMail, response: InMailResponse, outcome: CreditOutcome): AnsweredInMail {
  return { ...inmail, status: ANSWERED_AS[response.type], response, ...outcome };
}

export type SeenState = {
  readonly status: InMail['status'];
  readonly credit: 'pending' | 'returned' | 'lost';
  readonly creditReason?: 'late' | 'term-ended' | 'at-cap' | 'expired';
};

/** R16: status and credit as they are at `now`, whether or not the daily job has run. */
export function seenAt(inmail: InMail, now: Instant, rules: Rules): SeenState {
  if (isAnswered(inmail)) {
    const { status, credit, creditReason } = inmail;
    return { status, credit, ...(creditReason && { creditReason }) };
  }
  if (inmail.status === 'pending' && !isExpired(inmail.sentAt, now, rules)) {
    return { status: 'pending', credit: 'pending' };
  }
  return { status: 'expired', credit: 'lost', creditReason: 'expired' };
}
