/** The facts for a send, read from three places at once, and the check that all of them held at one instant. */
import { type InMail, isAnswered } from '../domain/inmail.ts';
import type { Instant } from '../domain/instant.ts';
import { walletIdOf } from '../domain/ledger.ts';
import type { Rules } from '../domain/rules.ts';
import type { SendCommand, SendFacts } from '../domain/sending.ts';
import { LostRaceError, type Store } from './store.ts';
import { readWallet } from './wallets.ts';

type Pair = Pick<SendCommand, 'senderId' | 'recipientId' | 'product' | 'idempotencyKey'>;
type World = { readonly store: Store; readonly rules: Rules; readonly now: Instant };

/** `earlier` is the pair's InMail that carries the key already. */
export type ReadFacts = SendFacts & { readonly earlier: InMail | undefined };

/**
 * Three reads run in parallel, so another request may commit between two of them. The conditions of its transaction
 * hold an accepted send together. A refusal has none, so it is decided again on `confirmSendFacts`.
 */
export async function readSendFacts(pair: Pair, { store, rules, now }: World): Promise<ReadFacts> {
  const { senderId, recipientId, product } = pair;
  const [wallet, last, connected] = await Promise.all([
    readWallet(store, walletIdOf(senderId, product), now, rules),
    store.inmails.last(senderId, recipientId),
    store.connections.has(senderId, recipientId),
  ]);
  return { wallet, last, connected, earlier: await inmailWithKey(pair, last, store) };
}

/** Only a pair with a history costs a second read. */
async function inmailWithKey({ senderId, recipientId, idempotencyKey }: Pair, last: InMail | undefined, store: Store) {
  if (last?.idempotencyKey === idempotencyKey) return last;
  return last && last.n > 1 ? store.inmails.withKey(senderId, recipientId, idempotencyKey) : undefined;
}

/**
 * The facts of one instant (I14, I16), at which the connection is read. Wallet and last InMail are the same before and
 * after it, and neither ever goes back to an earlier state. Throws LostRaceError when they are not the same.
 */
export async function confirmSendFacts(facts: ReadFacts, pair: Pair, { store }: World): Promise<ReadFacts> {
  const { senderId, recipientId } = pair;
  const connected = await store.connections.has(senderId, recipientId);
  const [tail, last] = await Promise.all([
    store.ledger.tail(facts.wallet.walletId),
    store.inmails.last(senderId, recipientId),
  ]);
  const isSame = tail?.seq === facts.wallet.tail?.seq && stateOf(last) === stateOf(facts.last);
  if (!isSame) throw new LostRaceError('another request committed between two reads of this one');
  return { ...facts, connected };
}

/** Which InMail is the pair's last, and whether it was answered. A send depends on nothing else of it. */
const stateOf = (last: InMail | undefined): string => (last ? `${last.inmailId} ${isAnswered(last)}` : 'none');
