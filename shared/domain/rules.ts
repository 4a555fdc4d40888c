/** The figures of the rules, as data. Another catalogue or other windows need no change of logic. */
import { type Instant, plusHours, plusMillis } from './instant.ts';
import { CATALOGUE, type Catalogue, type Plan } from './plans.ts';

export type Rules = {
  readonly catalogue: Catalogue;
  /** R13, R16: how long a response still returns the credit. */
  readonly returnWindowHours: number;
  /** R15: how long after the send its recipient is reminded. */
  readonly reminderAfterHours: number;
  /** R15: how long after the send a reminder still helps. A later one would only surprise. */
  readonly reminderUntilHours: number;
};

export const RULES: Rules = {
  catalogue: CATALOGUE,
  returnWindowHours: 90 * 24,
  reminderAfterHours: 71,
  reminderUntilHours: 96,
};

/** Throws for a plan that the catalogue does not have, because a ledger only names plans that were in it. */
export function planNamed(name: string, { catalogue }: Rules): Plan {
  const plan = catalogue.get(name);
  if (!plan) throw new Error(`the catalogue has no plan ${name}`);
  return plan;
}

/** R13: the last instant at which a response returns the credit. */
export function returnableUntil(sentAt: Instant, { returnWindowHours }: Rules): Instant {
  return plusHours(sentAt, returnWindowHours);
}

/** R16: a response at the last returnable instant still counts, so an InMail has expired only after it. */
export function isExpired(sentAt: Instant, now: Instant, rules: Rules): boolean {
  return now > returnableUntil(sentAt, rules);
}

/** R16: from this instant on an unanswered InMail has expired. */
export function expiredFrom(sentAt: Instant, rules: Rules): Instant {
  return plusMillis(returnableUntil(sentAt, rules), 1);
}

/** R15: when the recipient of an unanswered InMail is due to be reminded. */
export function remindAt(sentAt: Instant, { reminderAfterHours }: Rules): Instant {
  return plusHours(sentAt, reminderAfterHours);
}

/** R15: the last instant at which a reminder is still of use. */
export function remindUntil(sentAt: Instant, { reminderUntilHours }: Rules): Instant {
  return plusHours(sentAt, reminderUntilHours);
}

/** R15: InMails sent at or before this instant are due for a reminder. */
export function remindSentUntil(now: Instant, { reminderAfterHours }: Rules): Instant {
  return plusHours(now, -reminderAfterHours);
}

/** R16: InMails sent at or before this instant have expired. */
export function expiredSentUntil(now: Instant, { returnWindowHours }: Rules): Instant {
  return plusMillis(plusHours(now, -returnWindowHours), -1);
}
