/** Books that give every function something to do. They are written in this process, at instants of the past. */
import { putSubscription } from '../../functions/put-subscription.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import type { Engine } from '../../local/engine.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';

const DAY = 24;

/** What is left for the sweeps: the sender, and the hours since their InMail to `bob`. */
const PENDING = { fresh: 1, unread: 1, hidden: 1, expired: 91 * DAY, late: 72 } as const;
type Sender = keyof typeof PENDING;

export const idOfInMailFrom = (sender: Sender): string => `${sender}~bob~000001`;

/** Subscribes three members 40 days ago, so that a renewal of theirs is due. Each sender has sent one InMail. */
export async function writeBooks({ client, tables }: Engine): Promise<void> {
  const store = dynamoStore({ client, tables });
  const now = instant(Date.now());
  const at = (hoursAgo: number): { store: typeof store; rules: typeof RULES; now: Instant } => ({
    ...{ store, rules: RULES },
    now: plusHours(now, -hoursAgo),
  });
  const subscribe = (memberId: string, hoursAgo: number) =>
    putSubscription({ memberId, product: 'premium', plan: 'premium-career' }, at(hoursAgo));
  for (const memberId of ['ada', 'leaver', 'nora']) await subscribe(memberId, 40 * DAY);
  for (const [senderId, hoursAgo] of Object.entries(PENDING)) {
    await subscribe(senderId, hoursAgo + 1);
    const letter = { recipientId: 'bob', product: 'premium', subject: 'Hello', body: 'A role.' } as const;
    await sendInMail({ senderId, ...letter, idempotencyKey: senderId }, at(hoursAgo));
  }
}
