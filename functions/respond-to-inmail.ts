import { respondToInMail as endpoint } from '../shared/contract/endpoints/inmails.ts';
import type { ResponseGiven } from '../shared/domain/inmail.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { decideResponse } from '../shared/domain/responding.ts';
import { api } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import { inmailView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';
import { readInMail } from '../shared/store/read-inmail.ts';
import { readWallet } from '../shared/store/wallets.ts';

export type RespondToInMailInput = {
  readonly inmailId: string;
  readonly responderId: string;
  readonly response: ResponseGiven;
};

/** R12, R13: frees the pair. In time, and in the term that paid, it gives the sender's credit back. */
export async function respondToInMail({ inmailId, responderId, response }: RespondToInMailInput, deps: Deps) {
  const { store, rules, now } = deps;
  const inmail = await readInMail(store, inmailId);
  if (inmail?.recipientId !== responderId) return refuse({ why: 'not-found' });
  const wallet = await readWallet(store, walletIdOf(inmail.senderId, inmail.product), now, rules);
  const decision = decideResponse(inmail, response, wallet, rules);
  if (decision.kind === 'refused') return decision;
  if (decision.kind === 'answered') await commit(store, decision.changes);
  return ok({ inmail: inmailView(decision.inmail, now, rules) });
}

export const handler = api(endpoint, ({ caller, path, body }, deps) =>
  respondToInMail({ ...path, responderId: caller.memberId, response: body }, deps),
);
