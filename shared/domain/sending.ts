/** Sending an InMail (R7–R9, R14). */
import { appendAll, type Change } from './change.ts';
import { nextRenewalOf } from './credits.ts';
import { type InMail, inmailIdOf, isAnswered } from './inmail.ts';
import type { EntryBody } from './ledger.ts';
import { pendingAt, withPending } from './pending.ts';
import type { Product } from './plans.ts';
import { type RefusalOf, refuse } from './refusal.ts';
import type { Rules } from './rules.ts';
import { type ActiveWallet, entriesFor, follow, isActive, type Wallet, walletAt } from './wallet.ts';

export type SendCommand = {
  readonly senderId: string;
  readonly recipientId: string;
  readonly product: Product;
  readonly subject: string;
  readonly body: string;
  readonly idempotencyKey: string;
};

/** The facts on which a send is decided. `wallet` is the sender's, of the product. `last` is the pair's last InMail. */
export type SendFacts = { readonly wallet: Wallet; readonly connected: boolean; readonly last: InMail | undefined };

/** `body` is the `sent` entry's, which says how the wallet stands after the send. */
type Sent = {
  readonly kind: 'sent';
  readonly inmail: InMail;
  readonly body: EntryBody;
  readonly changes: readonly Change[];
};

type Replayed = { readonly kind: 'replayed'; readonly inmail: InMail };

/**
 * Everything that a request says. It is compared with the InMail itself, because a stored hash would still confirm
 * guesses after the InMail is erased.
 */
const ASKED = ['product', 'recipientId', 'subject', 'body'] as const satisfies readonly (keyof SendCommand)[];

/**
 * Decides on a key that an earlier InMail carries. The same request gets the first response again, and another one is
 * refused.
 */
export function decideReplay(earlier: InMail, command: SendCommand): Replayed | RefusalOf<'idempotency-key-reused'> {
  return ASKED.every((part) => earlier[part] === command[part])
    ? { kind: 'replayed', inmail: earlier }
    : refuse({ why: 'idempotency-key-reused' });
}

/** R8: the refusals in their order. The first that applies is the reason. */
type SendRefusal = RefusalOf<
  'self-inmail' | 'no-active-subscription' | 'already-connected' | 'response-pending' | 'insufficient-credits'
>;

/** R8: spends one credit, or gives the first reason against it. */
export function decideSend(command: SendCommand, facts: SendFacts, rules: Rules): Sent | SendRefusal {
  const { senderId, recipientId, product } = command;
  const { connected, last } = facts;
  if (senderId === recipientId) return refuse({ why: 'self-inmail' });
  const wallet = afterResponse(facts, rules);
  if (!isActive(wallet)) return refuse({ why: 'no-active-subscription', product });
  if (connected) return refuse({ why: 'already-connected', recipientId });
  if (last && !isAnswered(last)) return refuse({ why: 'response-pending', inmailId: last.inmailId });
  if (wallet.state.balance < 1) {
    return refuse({ why: 'insufficient-credits', product, nextRenewal: nextRenewalOf(wallet.state, rules) });
  }
  return send(command, wallet, (last?.n ?? 0) + 1, rules);
}

/**
 * I11: a pair is free from its response on. When the clock that wrote the response was ahead, the wallet moves to that
 * instant.
 */
function afterResponse({ wallet, last }: SendFacts, rules: Rules): Wallet {
  if (!last || !isAnswered(last) || last.response.at <= wallet.at) return wallet;
  return walletAt(wallet.walletId, wallet.tail, last.response.at, rules);
}

function send(command: SendCommand, wallet: ActiveWallet, n: number, rules: Rules): Sent {
  const { at, state } = wallet;
  const inmailId = inmailIdOf({ ...command, n });
  const pending = withPending(pendingAt(state.pending, at, rules), { seq: state.seq + 1, at });
  const body = follow(state, { type: 'sent', at, delta: -1, forfeited: 0, pending, inmailId });
  const { seq, term } = body;
  const inmail: InMail = { ...command, inmailId, n, term, seq, sentAt: at, status: 'pending' };
  const entries = entriesFor(wallet, body);
  return { kind: 'sent', inmail, body, changes: [...appendAll(entries), { kind: 'create-inmail', inmail }] };
}
