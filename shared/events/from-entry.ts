/**
 * A ledger entry as events. Each entry of any type is one event with the id `wallet#seq`. So a consumer that has seen
 * 1…n of a wallet has missed nothing (I19). If the entry forfeited credits, a second event says so, with the id
 * `wallet#seq#forfeited`. An entry never changes (I9), so the same entry always makes the same events.
 */

import type { DomainEvent, EventOf, FORFEIT_CAUSES } from '../contract/events.ts';
import { partsOfInMailId } from '../domain/inmail.ts';
import { type Entry, type EntryType, partsOfWalletId } from '../domain/ledger.ts';
import { type Rules, returnableUntil } from '../domain/rules.ts';
import { UnreadableImageError } from './unreadable-image.ts';

export function eventsOfEntry(entry: Entry, rules: Rules): DomainEvent[] {
  const event = eventOf(entry, rules);
  return entry.forfeited > 0 ? [event, forfeitureOf(entry)] : [event];
}

function eventOf(entry: Entry, rules: Rules): DomainEvent {
  const { type, forfeited } = entry;
  const movement = movementOf(entry);
  switch (type) {
    case 'subscribed':
      return { type: 'SubscriptionStarted', ...movement };
    case 'plan-changed':
      return { type: 'SubscriptionChanged', ...movement, forfeited };
    case 'cancelled':
      return { type: 'SubscriptionCancelled', ...movement, forfeited };
    case 'renewed':
      return { type: 'CreditsRenewed', ...movement, forfeited };
    case 'sent':
      return {
        type: 'InMailSent',
        ...movement,
        ...inmailFactsOf(entry),
        returnableUntil: returnableUntil(entry.at, rules),
      };
    case 'returned':
      return { type: 'CreditReturned', ...movement, ...inmailFactsOf(entry), forfeited };
    default:
      // Newer code may write a type that this code does not know. Passing over it would leave an unseen gap.
      throw new UnreadableImageError(`${entry.walletId} ${entry.seq}: unknown type ${type satisfies never}`);
  }
}

function movementOf(entry: Entry) {
  const { term, plan, delta, balance } = entry;
  return { version: 1 as const, eventId: idOf(entry), at: entry.at, ...walletOf(entry), term, plan, delta, balance };
}

const idOf = ({ walletId, seq }: Entry): string => `${walletId}#${seq}`;

const walletOf = ({ walletId, seq }: Entry) => ({ walletId, ...partsOfWalletId(walletId), seq });

function inmailFactsOf({ walletId, seq, inmailId = '' }: Entry) {
  const parts = partsOfInMailId(inmailId);
  if (!parts) throw new UnreadableImageError(`${walletId} ${seq}: names no InMail`);
  const { senderId, recipientId } = parts;
  return { inmailId, senderId, recipientId };
}

type Cause = (typeof FORFEIT_CAUSES)[number];

const CAUSE_OF: { readonly [type in EntryType]: Cause | undefined } = {
  subscribed: undefined,
  renewed: 'renewal',
  sent: undefined,
  returned: 'return',
  'plan-changed': 'plan-change',
  cancelled: 'cancellation',
};

function forfeitureOf(entry: Entry): EventOf<'CreditsForfeited'> {
  const cause = CAUSE_OF[entry.type];
  if (!cause) throw new UnreadableImageError(`${entry.walletId} ${entry.seq}: ${entry.type} forfeits nothing`);
  return {
    version: 1,
    eventId: `${idOf(entry)}#forfeited`,
    type: 'CreditsForfeited',
    at: entry.at,
    ...walletOf(entry),
    cause,
    forfeited: entry.forfeited,
  };
}
