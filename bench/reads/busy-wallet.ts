/** A wallet with a long history and a few pending InMails. */
import type { Change } from '../../shared/domain/change.ts';
import type { InMail } from '../../shared/domain/inmail.ts';
import { type Instant, instant, plusHours, plusMillis } from '../../shared/domain/instant.ts';
import { type Entry, walletIdOf } from '../../shared/domain/ledger.ts';
import { decideResponse } from '../../shared/domain/responding.ts';
import { planNamed, RULES } from '../../shared/domain/rules.ts';
import { decideSend } from '../../shared/domain/sending.ts';
import { decideSubscription } from '../../shared/domain/subscribing.ts';
import { walletAt } from '../../shared/domain/wallet.ts';
import { MAX_CHANGES, type Store } from '../../shared/store/store.ts';

const PENDING = 5;

const BEGUN_AT = instant('2026-01-10T09:00:00Z');
/** 100,000 entries, a minute apart, lie in the 90 days before. */
export const NOW = plusHours(BEGUN_AT, 75 * 24);
const MILLIS_APART = 60_000;

/** Writes only the ledger, because all that is read of InMails stands in it. Returns the member. */
export async function writeBusyWallet(store: Store, entryCount: number): Promise<string> {
  const memberId = `busy-${entryCount}`;
  const entries = entriesOf(memberId, entryCount);
  for (let start = 0; start < entries.length; start += MAX_CHANGES) {
    const changes = entries.slice(start, start + MAX_CHANGES).map((entry): Change => ({ kind: 'append-entry', entry }));
    await store.transact(changes);
  }
  return memberId;
}

/** The rules make them: a sign-up, InMails that stay pending, and then InMails that are answered at once. */
function entriesOf(memberId: string, entryCount: number): Entry[] {
  const walletId = walletIdOf(memberId, 'premium');
  const entries: Entry[] = [];
  let at: Instant = BEGUN_AT;
  const wallet = () => walletAt(walletId, entries.at(-1), at, RULES);
  const write = (changes: readonly Change[]) => {
    entries.push(...changes.flatMap((change) => (change.kind === 'append-entry' ? [change.entry] : [])));
    at = plusMillis(at, MILLIS_APART);
  };
  const send = (recipientId: string): InMail => {
    const command = { senderId: memberId, recipientId, product: 'premium', subject: 'Hi', body: 'Hi' } as const;
    const facts = { wallet: wallet(), connected: false, last: undefined };
    const decision = decideSend({ ...command, idempotencyKey: 'one' }, facts, RULES);
    if (decision.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(decision)}`);
    write(decision.changes);
    return decision.inmail;
  };
  const subscription = decideSubscription(wallet(), planNamed('premium-business', RULES));
  if (subscription.kind === 'changed') write(subscription.changes);
  for (let n = 0; n < PENDING; n += 1) send(`waiting-${n}`);
  while (entries.length < entryCount) {
    const decision = decideResponse(send(`answering-${entries.length}`), { type: 'accept' }, wallet(), RULES);
    if (decision.kind === 'answered') write(decision.changes);
  }
  return entries.slice(0, entryCount);
}
