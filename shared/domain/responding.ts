/** Responding to an InMail (R12, R13). */
import { appendAll, type Change } from './change.ts';
import {
  type AnsweredInMail,
  answer,
  type CreditOutcome,
  type InMail,
  isAnswered,
  type ResponseGiven,
  type UnansweredInMail,
} from './inmail.ts';
import type { EntryBody } from './ledger.ts';
import { withoutPending } from './pending.ts';
import { type RefusalOf, refuse } from './refusal.ts';
import { expiredFrom, isExpired, type Rules } from './rules.ts';
import { type ActiveWallet, entriesFor, follow, grantOf, isActive, type Wallet, walletAt } from './wallet.ts';

type Answered = {
  readonly kind: 'answered';
  readonly inmail: AnsweredInMail;
  readonly changes: readonly Change[];
};

/** The same response again. The first answer to the InMail stands. */
type AnsweredBefore = { readonly kind: 'answered-before'; readonly inmail: AnsweredInMail };

/** R12, R13: frees the pair, and returns the credit when it is due. `paying` is the wallet that paid. */
export function decideResponse(
  inmail: InMail,
  response: ResponseGiven,
  paying: Wallet,
  rules: Rules,
): Answered | AnsweredBefore | RefusalOf<'already-responded'> {
  if (isAnswered(inmail)) return decideAgain(inmail, response);
  const wallet = afterExpiry(inmail, paying, rules);
  const { outcome, entry } = creditOutcome(inmail, wallet, rules);
  const answered = answer(inmail, { ...response, at: wallet.at }, outcome);
  const entries = entry ? entriesFor(wallet, entry) : [];
  return {
    kind: 'answered',
    inmail: answered,
    changes: [...appendAll(entries), { kind: 'record-response', inmail: answered }],
  };
}

function decideAgain(inmail: AnsweredInMail, given: ResponseGiven): AnsweredBefore | RefusalOf<'already-responded'> {
  const { type, text } = inmail.response;
  const same = type === given.type && text === ('text' in given ? given.text : undefined);
  return same ? { kind: 'answered-before', inmail } : refuse({ why: 'already-responded', inmailId: inmail.inmailId });
}

/** R16: a written expiry has been published, so a clock behind the one that wrote it cannot take it back. */
function afterExpiry({ status, sentAt }: UnansweredInMail, paying: Wallet, rules: Rules): Wallet {
  const from = expiredFrom(sentAt, rules);
  return status === 'expired' && paying.at < from ? walletAt(paying.walletId, paying.tail, from, rules) : paying;
}

/** R13: the outcome for the credit, and the entry that records it when one is due. */
function creditOutcome(inmail: InMail, wallet: Wallet, rules: Rules): { outcome: CreditOutcome; entry?: EntryBody } {
  if (isExpired(inmail.sentAt, wallet.at, rules)) return { outcome: { credit: 'lost', creditReason: 'late' } };
  if (!isActive(wallet) || wallet.state.term !== inmail.term) {
    return { outcome: { credit: 'lost', creditReason: 'term-ended' } };
  }
  return returnTo(wallet, inmail, rules);
}

/** R13: at the cap the returned credit is forfeited, and the ledger says so. */
function returnTo(
  wallet: ActiveWallet,
  { inmailId, seq }: InMail,
  rules: Rules,
): { outcome: CreditOutcome; entry: EntryBody } {
  const { state, at } = wallet;
  const delta = state.balance < grantOf(state, at, rules).cap ? 1 : 0;
  return {
    outcome: delta === 1 ? { credit: 'returned' } : { credit: 'lost', creditReason: 'at-cap' },
    entry: follow(state, {
      type: 'returned',
      at,
      delta,
      forfeited: 1 - delta,
      pending: withoutPending(state.pending, seq),
      inmailId,
    }),
  };
}
