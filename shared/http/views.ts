/** The API's views of an InMail and of a wallet (docs/api.md, Shapes). */

import { type Credits, creditsOf, type PendingReturn } from '../domain/credits.ts';
import { type InMail, type InMailResponse, isAnswered, type SeenState, seenAt } from '../domain/inmail.ts';
import type { Instant } from '../domain/instant.ts';
import type { Entry, EntryBody } from '../domain/ledger.ts';
import type { Product } from '../domain/plans.ts';
import { type Rules, returnableUntil } from '../domain/rules.ts';
import type { Wallet } from '../domain/wallet.ts';
import type { Deps } from '../runtime/runtime.ts';
import { readPendingReturns } from '../store/wallets.ts';

export type InMailView = SeenState & {
  readonly inmailId: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly product: Product;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: Instant;
  readonly returnableUntil: Instant;
  readonly remindedAt?: Instant;
  readonly response?: InMailResponse;
};

/** The InMail as it is at `now` (R16). */
export function inmailView(inmail: InMail, now: Instant, rules: Rules): InMailView {
  return {
    ...commonView(inmail, rules),
    ...seenAt(inmail, now, rules),
    ...(inmail.remindedAt && { remindedAt: inmail.remindedAt }),
    ...(isAnswered(inmail) && { response: responseView(inmail.response) }),
  };
}

/** The InMail as the first response to its send showed it. A replay of the send shows the same, whatever came after. */
export function sentView(inmail: InMail, rules: Rules): InMailView {
  return { ...commonView(inmail, rules), status: 'pending', credit: 'pending' };
}

function commonView({ inmailId, senderId, recipientId, product, subject, body, sentAt }: InMail, rules: Rules) {
  const until = returnableUntil(sentAt, rules);
  return { inmailId, senderId, recipientId, product, subject, body, sentAt, returnableUntil: until };
}

/** Names each field, because a table gives fields back in any order. The same response must be the same bytes. */
const responseView = ({ type, text, at }: InMailResponse): InMailResponse => ({ type, ...(text && { text }), at });

/** The whole entry with its hashes, so that a statement can be verified. The fields have one order, as above. */
export function entryView(entry: Entry): Entry {
  const { walletId, seq, at, type, delta, balance, forfeited, term, plan } = entry;
  const { anchorDay, lastGrantOn, pending, rule, inmailId, prevHash, hash } = entry;
  const amounts = { walletId, seq, at, type, delta, balance, forfeited };
  const state = { ...amounts, term, plan, anchorDay, lastGrantOn, pending, rule };
  return { ...state, ...(inmailId && { inmailId }), prevHash, hash };
}

export type CreditsView = Credits & { readonly pendingReturns: readonly PendingReturn[] };

/** The credits of a term that has just begun, so none of its InMails is pending yet. */
export const newTermView = (state: EntryBody, rules: Rules): CreditsView => ({
  ...creditsOf(state, state.at, rules),
  pendingReturns: [],
});

export async function creditsView(wallet: Subscribed, { store, rules }: Deps): Promise<CreditsView> {
  const pendingReturns = await readPendingReturns(store, wallet, rules);
  return { ...creditsOf(wallet.state, wallet.at, rules), pendingReturns };
}

/** A wallet that has been subscribed to. */
type Subscribed = Wallet & { readonly state: EntryBody };

/** Before its first subscription a wallet has no state. */
export const isSubscribed = (wallet: Wallet): wallet is Subscribed => wallet.state !== undefined;
