/**
 * The domain events tell other systems what happened. These zod types give the types of the code, and check every
 * event before it goes out. They also give the JSON Schemas in `events/` and the table in `docs/events.md`.
 *
 * Delivery is at least once, and a bus keeps no order. So a consumer drops duplicates by `eventId` and orders a wallet
 * by `seq`. A version only ever gains fields, so a consumer ignores fields that it does not know.
 *
 * Only the reminder holds the text of an InMail, because everyone on the bus can read, log and keep an event.
 */
import * as z from 'zod';
import { MAX_INMAIL_ID } from '../domain/inmail.ts';
import { BODY, SUBJECT } from '../domain/written-text.ts';
import { memberId, product } from './schemas.ts';

/** An event comes from a new entry of a ledger, or from a change of an InMail. */
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
/** It counts UTF-16 units. The API counts characters, and each may be two units. */
const writtenText = (maxCharacters: number) => z.string().max(2 * maxCharacters);
const at = z.iso.datetime({ precision: 3 });
const count = z.int().nonnegative();
const position = z.int().positive();

/** `at` is the instant at which it became true. It may have been written down later (R6). */
const event = <const One extends Definition>({ type, source, eventId, description, fields }: One) => ({
  type: type as One['type'],
  source,
  eventId,
  description,
  schema: z
    .object({
      version: z.literal(1),
      eventId: text.max(300).describe('The same at each delivery of the event. Every other event has a different one'),
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

/** Each entry of a wallet's ledger is one event, so the events 1…n are complete. */
const movement = {
  ...wallet,
  term: position.describe('Subscribing, changing plan and cancelling each start the next term'),
  plan: text.max(64).describe('After a cancellation, the plan that was cancelled'),
  delta: z.int().describe('Credits added to the balance. The sum of all deltas of a wallet is its balance'),
  balance: count.describe('Credits in the wallet afterwards'),
};

const forfeited = count.describe('Credits that it forfeited. A CreditsForfeited event says so as well');

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
    description: 'A member changed plan. The old balance was forfeited, and the new allotment granted (R10).',
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
    description:
      "The recipient answered an InMail in time, and its credit came back. `delta` is 0 at the wallet's cap (R13).",
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
    description:
      'It is time to remind the recipient of a pending InMail, once (R15). The event holds all that a mail needs.',
    fields: {
      ...parties,
      product,
      subject: writtenText(SUBJECT.maxCharacters),
      body: writtenText(BODY.maxCharacters),
      sentAt: at,
      remindedAt: at,
      returnableUntil,
    },
  }),
  event({
    type: 'InMailExpired',
    source: 'inmails',
    eventId: 'inmail#expired',
    description: 'An InMail had no response in 90 × 24 h. Its credit is lost, and its pair stays locked (R16, R9).',
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

/** It checks every event before the event goes out. */
export const domainEvent = z.discriminatedUnion('type', [first as AnyEvent['schema'], ...others]);

/**
 * Events come from these streams, and only such changes can be news. CDK makes an event source mapping of every row,
 * and the local system reads the same rows. The translation leaves out every change that is no news. A narrower
 * filter, such as one by changed attributes, would lose events without a trace if it were wrong.
 */
export const EVENT_SOURCES = [
  /** Entries are only ever added (I9). */
  { table: 'ledger', change: 'INSERT' },
  /** The creation of an InMail is no row here, because the ledger tells of it, with its cost. */
  { table: 'inmails', change: 'MODIFY' },
] as const satisfies readonly { readonly table: Source; readonly change: string }[];

/** The most records that the publisher gets at a time. */
export const MAX_RECORDS = 100;

export type EventSource = (typeof EVENT_SOURCES)[number];
