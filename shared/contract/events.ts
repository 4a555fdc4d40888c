/**
 * The domain events, by which this system tells others what happened, as zod types. From these come the types of the code,
 * the check of every event before it goes out, the JSON Schemas in `events/`, and the table in `docs/events.md`.
 *
 * Delivery is at least once, and a bus keeps no order: a consumer drops duplicates by `eventId` and orders a wallet by `seq`.
 * Within a version fields are only ever added, so a consumer ignores fields that it does not know.
 *
 * Only the reminder holds the text of an InMail, because everyone on the bus can read, log and keep an event.
 */
import * as z from 'zod';
import { MAX_INMAIL_ID } from '../domain/inmail.ts';
import { memberId, product } from './schemas.ts';

/** What the event is made of: a new entry of a ledger, or a change of an InMail. */
type Source = 'ledger' | 'inmails';

/** The form of the `eventId`, by which a consumer drops duplicates. */
type EventIdForm = 'wallet#seq' | 'wallet#seq#forfeited' | `inmail#${string}`;

type Definition = {
  readonly type: string;
  readonly source: Source;
  readonly eventId: EventIdForm;
  readonly description: string;
  readonly fields: z.core.$ZodLooseShape;
};

const text = z.string();
/** A count of UTF-16 units: the API counts characters, and each may be two of them. */
const writtenText = (maxCharacters: number) => z.string().max(2 * maxCharacters);
const at = z.iso.datetime({ precision: 3 });
const count = z.int().nonnegative();
const position = z.int().positive();

/** `at` is when it became true, which may be earlier than when it was written down (R6). */
const event = <const One extends Definition>({ type, source, eventId, description, fields }: One) => ({
  type: type as One['type'],
  source,
  eventId,
  description,
  schema: z
    .object({
      version: z.literal(1),
      eventId: text.max(300).describe('The same at each delivery of the event, and different for every other event'),
      type: z.literal(type as One['type']),
      at: at.describe('When it became true, in UTC'),
      ...(fields as One['fields']),
    })
    .meta({ title: type, description }),
});

const wallet = {
  walletId: text.max(200).describe('memberId#product'),
  memberId,
  product,
  seq: position.describe("The ledger entry's number: 1, 2, 3… within the wallet, without gaps"),
};

/** What happened to a wallet: one event for each entry of its ledger, so that 1…n is everything. */
const movement = {
  ...wallet,
  term: position.describe('Subscribing, changing plan and cancelling each start the next term'),
  plan: text.max(64).describe('After a cancellation, the plan that was cancelled'),
  delta: z.int().describe('Credits added to the balance. All deltas of a wallet make its balance'),
  balance: count.describe('Credits in the wallet afterwards'),
};

const forfeited = count.describe('Credits that were forfeited by it. A CreditsForfeited says so as well');

const parties = { inmailId: text.max(MAX_INMAIL_ID), senderId: memberId, recipientId: memberId };
const returnableUntil = at.describe('The last instant at which a response returns the credit (R13)');

export const FORFEIT_CAUSES = ['renewal', 'return', 'plan-change', 'cancellation'] as const;

export const EVENTS = [
  event({
    type: 'SubscriptionStarted',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: "A member subscribed. `delta` is the plan's first allotment (R1).",
    fields: movement,
  }),
  event({
    type: 'SubscriptionChanged',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: 'A member changed plan: the old balance is forfeited, the new allotment granted (R10).',
    fields: { ...movement, forfeited },
  }),
  event({
    type: 'SubscriptionCancelled',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: 'A subscription ended, and its balance was forfeited (R11).',
    fields: { ...movement, forfeited },
  }),
  event({
    type: 'CreditsRenewed',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: 'The monthly allotment came in, up to the cap (R2).',
    fields: { ...movement, forfeited },
  }),
  event({
    type: 'InMailSent',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: 'An InMail was sent, for one credit (R7).',
    fields: { ...movement, ...parties, returnableUntil },
  }),
  event({
    type: 'CreditReturned',
    source: 'ledger',
    eventId: 'wallet#seq',
    description: "An InMail was answered in time and its credit came back. `delta` is 0 at the wallet's cap (R13).",
    fields: { ...movement, ...parties, forfeited },
  }),
  event({
    type: 'CreditsForfeited',
    source: 'ledger',
    eventId: 'wallet#seq#forfeited',
    description: 'Credits were lost to the cap, a change of plan or a cancellation (R2, R10, R11, R13).',
    fields: { ...wallet, cause: z.enum(FORFEIT_CAUSES), forfeited: position },
  }),
  event({
    type: 'InMailReminderDue',
    source: 'inmails',
    eventId: 'inmail#reminded',
    description: 'The recipient of a pending InMail is to be reminded, once (R15). It holds all that a mail needs.',
    fields: {
      ...parties,
      product,
      subject: writtenText(200),
      body: writtenText(1_900),
      sentAt: at,
      remindedAt: at,
      returnableUntil,
    },
  }),
  event({
    type: 'InMailExpired',
    source: 'inmails',
    eventId: 'inmail#expired',
    description: 'An InMail had no response in 90 × 24 h. Its credit is lost, its pair still locked (R16, R9).',
    fields: { ...parties, product, sentAt: at, returnableUntil },
  }),
  event({
    type: 'InMailAnswered',
    source: 'inmails',
    eventId: 'inmail#answered',
    description: 'The recipient responded, and the sender may write again (R12, R9).',
    fields: {
      ...parties,
      product,
      sentAt: at,
      status: z.enum(['accepted', 'declined', 'replied', 'quick-replied']),
      credit: z.enum(['returned', 'lost']),
      creditReason: z.enum(['late', 'term-ended', 'at-cap']).optional().describe('Why the credit was lost'),
    },
  }),
] as const;

type AnyEvent = (typeof EVENTS)[number];
export type DomainEvent = z.infer<AnyEvent['schema']>;
export type EventType = DomainEvent['type'];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;

const [first, ...others] = EVENTS.map(({ schema }) => schema);

/** Every event passes it before it goes out. */
export const domainEvent = z.discriminatedUnion('type', [first as AnyEvent['schema'], ...others]);

/**
 * The streams that events are made of, and the changes on them that can be news. CDK makes an event source mapping of every
 * row, and the local system reads the same rows. A filter that says more, such as which attributes differ, would lose events
 * without a trace where it is wrong. The translation leaves out what is no news.
 */
export const EVENT_SOURCES = [
  /** Entries are only ever added (I9). */
  { table: 'ledger', change: 'INSERT' },
  /** The ledger tells that an InMail was created, with what it cost. */
  { table: 'inmails', change: 'MODIFY' },
] as const satisfies readonly { readonly table: Source; readonly change: string }[];

export type EventSource = (typeof EVENT_SOURCES)[number];
