/** The sweeps, started by a message in the queue of listings, as the schedules start them. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { nameIn } from '../../infra/names.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import type { Books } from '../../shared/domain/books.ts';
import { instant, plusHours } from '../../shared/domain/instant.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { booksOf, sendInThePast, subscribeInThePast, withTables } from './books.ts';
import { queuesOf, queueUrlOf } from './events.ts';
import { type Rehearsal, until } from './rehearsal.ts';

const DAY = 24;
/** A member of four months, whose renewals since the send are not written yet. */
const EARLY = { memberId: 'rehearsal-early', joinedHoursAgo: 120 * DAY, sentHoursAgo: 91 * DAY }; // R16: it has expired
/** R15: the reminder is due after 71 h, and not too late before 96 h. */
const LATE = { memberId: 'rehearsal-late', joinedHoursAgo: 5 * DAY, sentHoursAgo: 72 };

const RECIPIENT = 'rehearsal-silent';

/** As an operator's message after an outage may, it reaches back to the oldest of these. */
const LOOK_BACK_HOURS = EARLY.joinedHoursAgo;

/** Writes books in which each sweep finds something due, and sends a listing message for each. */
export async function startSweeps(rehearsal: Rehearsal, stage: string): Promise<void> {
  const now = instant(Date.now());
  await withTables(rehearsal, stage, async (database) => {
    for (const { memberId, joinedHoursAgo, sentHoursAgo } of [EARLY, LATE]) {
      await subscribeInThePast(database, memberId, plusHours(now, -joinedHoursAgo));
      await sendInThePast(database, memberId, RECIPIENT, plusHours(now, -sentHoursAgo));
    }
  });
  const client = queuesOf(rehearsal);
  const QueueUrl = queueUrlOf(rehearsal, nameIn({ name: stage }, 'listings'));
  try {
    for (const { name: sweep } of SWEEPS) {
      const listing: ListingMessage = { sweep, scheduledAt: now, lookBackHours: LOOK_BACK_HOURS };
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(listing) }));
    }
  } finally {
    client.destroy();
  }
}

/** Waits until the tables hold what the sweeps were to write. */
export async function awaitSweeps(rehearsal: Rehearsal, stage: string): Promise<void> {
  const missing = async () => {
    const books = await booksOf(rehearsal, stage);
    return Object.entries(WRITTEN).flatMap(([what, isWritten]) => (isWritten(books) ? [] : [what]));
  };
  let left = Object.keys(WRITTEN);
  await until(
    async () => {
      left = await missing();
      return left.length === 0;
    },
    () => `the sweeps of ${stage} have not written: ${left.join(', ')}`,
  );
}

const inmailOf = ({ inmails }: Books, memberId: string) => inmails.find(({ senderId }) => senderId === memberId);

const WRITTEN: Readonly<Record<string, (books: Books) => boolean>> = {
  'the renewals of the early member': ({ entries }) => {
    const own = entries.filter(({ walletId }) => walletId === walletIdOf(EARLY.memberId, 'premium'));
    const lastSend = Math.max(...own.filter(({ type }) => type === 'sent').map(({ seq }) => seq));
    return own.some(({ type, seq }) => type === 'renewed' && seq > lastSend);
  },
  'the expiry of the early InMail': (books) => inmailOf(books, EARLY.memberId)?.status === 'expired',
  'the reminder of the late InMail': (books) => inmailOf(books, LATE.memberId)?.remindedAt !== undefined,
};
