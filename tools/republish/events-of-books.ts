/**
 * The events of a range of time, made from the books. They are the same as those that the streams made, with the same
 * ids. An entry never changes (I9). An InMail enters each state at most once, so its present row proves all its states.
 */
import { type DomainEvent, domainEvent } from '../../shared/contract/events.ts';
import type { Books } from '../../shared/domain/books.ts';
import { decideReminder } from '../../shared/domain/deadlines.ts';
import type { InMail, UnansweredInMail } from '../../shared/domain/inmail.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { eventsOfEntry } from '../../shared/events/from-entry.ts';
import { eventsOfInMail } from '../../shared/events/from-inmail.ts';

export type Range = { readonly from: Instant; readonly to: Instant };

export type Republication = {
  /** By `at`, oldest first, and a wallet's in the order of `seq`. */
  readonly events: readonly DomainEvent[];
  /** Reminders of InMails that are answered, hidden or too old by now (R15). A mail about them would only surprise. */
  readonly lateReminders: number;
  /** Entries and InMails that make no event. */
  readonly unreadable: readonly { readonly where: string; readonly what: string }[];
};

export function eventsOfBooks(
  { entries, inmails }: Books,
  { from, to }: Range,
  now: Instant,
  rules: Rules,
): Republication {
  const unreadable: { where: string; what: string }[] = [];
  let lateReminders = 0;
  const derive = (where: string, events: () => readonly DomainEvent[]): readonly DomainEvent[] => {
    try {
      return events()
        .filter(({ at }) => from <= at && at <= to)
        .map((event) => domainEvent.parse(event));
    } catch (error) {
      unreadable.push({ where, what: (error as Error).message });
      return [];
    }
  };
  const ofEntries = entries.flatMap((entry) =>
    derive(`${entry.walletId} ${entry.seq}`, () => eventsOfEntry(entry, rules)),
  );
  const ofInMails = inmails.flatMap((inmail) => {
    const events = derive(inmail.inmailId, () => eventsOfInMail(asSent(inmail), inmail, rules));
    if (isStillOfUse(inmail, now, rules)) return events;
    const others = events.filter(({ type }) => type !== 'InMailReminderDue');
    lateReminders += events.length - others.length;
    return others;
  });
  return { events: [...ofEntries, ...ofInMails].sort(byTime), lateReminders, unreadable };
}

/** The InMail as its send made it. From there on, every state of it is news. */
function asSent(inmail: InMail): UnansweredInMail {
  const { inmailId, senderId, recipientId, n, product, term, seq, subject, body, sentAt, idempotencyKey } = inmail;
  const sent = { inmailId, senderId, recipientId, n, product, term, seq, subject, body, sentAt, idempotencyKey };
  return { ...sent, status: 'pending' };
}

/** Whether the InMail would be reminded of now, if it had not been (R15). */
const isStillOfUse = ({ remindedAt: _, ...inmail }: InMail, now: Instant, rules: Rules): boolean =>
  decideReminder(inmail, now, rules).kind === 'due';

const seqOf = (event: DomainEvent): number => ('seq' in event ? event.seq : 0);

const byTime = (one: DomainEvent, other: DomainEvent): number =>
  one.at === other.at ? seqOf(one) - seqOf(other) : one.at < other.at ? -1 : 1;
