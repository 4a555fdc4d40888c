/**
 * The domain events: what this system tells others, as zod types. From these come the types of the code, the check that
 * every event passes before it goes out, and the JSON Schemas in `events/`.
 *
 * Delivery is at least once, and a bus keeps no order: a consumer dedups by `eventId` and orders a wallet by `seq`.
 * Within a version fields are only ever added, so a consumer leaves alone what it does not know.
 *
 * No event but the reminder says what members wrote to each other: everyone on the bus can read it, logs it, keeps it.
 */
import * as z from 'zod';
import { MAX_INMAIL_ID } from '../domain/inmail.ts';
import { memberId, product } from './schemas.ts';

const text = z.string();
/** A count of UTF-16 units: the API counts characters, of which each may be two. */
const writtenText = (maxCharacters: number) => z.string().max(2 * maxCharacters);
const at = z.iso.datetime({ precision: 3 });
const count = z.int().nonnegative();
const position = z.int().positive();

/** `at` is when it became true, which may be earlier than when it was written down (R6). */
const event = <const Type extends string, Shape extends z.core.$ZodLooseShape>(
  type: Type,
  description: string,
  shape: Shape,
) =>
  z
    .object({
      version: z.literal(1),
      eventId: text.max(300).describe('The same however often the event is delivered, and of no other event'),
      type: z.literal(type),
      at: at.describe('When it became true, in UTC'),
      ...shape,
    })
    .meta({ title: type, description });

const wallet = {
  walletId: text.max(200).describe('memberId#product'),
  memberId,
  product,
  seq: position.describe("The ledger entry's: 1, 2, 3… within the wallet, without gaps"),
};

/** What happened to a wallet: one event for each entry of its ledger, so that who has 1…n has all. */
const movement = {
  ...wallet,
  term: position.describe('Subscribing, changing plan and cancelling each start the next one'),
  plan: text.max(64).describe('After a cancellation, the plan that was cancelled'),
  delta: z.int().describe('What it added to the balance; all deltas of a wallet make its balance'),
  balance: count.describe('Credits in the wallet afterwards'),
};

const forfeited = count.describe('Credits that were forfeited by it; a CreditsForfeited says so, too');

const letter = { inmailId: text.max(MAX_INMAIL_ID), senderId: memberId, recipientId: memberId };
const returnableUntil = at.describe('The last instant at which a response returns the credit (R13)');

export const FORFEIT_CAUSES = ['renewal', 'return', 'plan-change', 'cancellation'] as const;

export const domainEvent = z.discriminatedUnion('type', [
  event('SubscriptionStarted', "A member subscribed; delta is the plan's first allotment (R1).", movement),
  event('SubscriptionChanged', 'A member changed plan: the old balance is forfeited, the allotment granted (R10).', {
    ...movement,
    forfeited,
  }),
  event('SubscriptionCancelled', 'A subscription ended, and its balance was forfeited (R11).', {
    ...movement,
    forfeited,
  }),
  event('CreditsRenewed', 'The monthly allotment came in, up to the cap (R2).', { ...movement, forfeited }),
  event('InMailSent', 'An InMail was sent, for one credit (R7).', { ...movement, ...letter, returnableUntil }),
  event(
    'CreditReturned',
    "An InMail was answered in time and its credit came back: delta is 0 at the wallet's cap (R13).",
    {
      ...movement,
      ...letter,
      forfeited,
    },
  ),
  event('CreditsForfeited', 'Credits were lost to the cap, a change of plan or a cancellation (R2, R10, R11, R13).', {
    ...wallet,
    cause: z.enum(FORFEIT_CAUSES),
    forfeited: position,
  }),
  event(
    'InMailReminderDue',
    'The recipient of a pending InMail is to be reminded, once (R15): all that a mail needs.',
    {
      ...letter,
      product,
      subject: writtenText(200),
      body: writtenText(1_900),
      sentAt: at,
      remindedAt: at,
      returnableUntil,
    },
  ),
  event(
    'InMailExpired',
    'An InMail had no response in 90 × 24 h: its credit is lost, its pair still locked (R16, R9).',
    {
      ...letter,
      product,
      sentAt: at,
      returnableUntil,
    },
  ),
  event('InMailAnswered', 'The recipient responded, and the sender may write again (R12, R9).', {
    ...letter,
    product,
    sentAt: at,
    status: z.enum(['accepted', 'declined', 'replied', 'quick-replied']),
    credit: z.enum(['returned', 'lost']),
    creditReason: z.enum(['late', 'term-ended', 'at-cap']).optional().describe('Why the credit was lost'),
  }),
]);

export type DomainEvent = z.infer<typeof domainEvent>;
export type EventType = DomainEvent['type'];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;
