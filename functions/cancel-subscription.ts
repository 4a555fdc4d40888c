import { cancelSubscription as endpoint } from '../shared/contract/endpoints/subscriptions.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { decideCancellation } from '../shared/domain/subscribing.ts';
import { api } from '../shared/http/api.ts';
import { NO_CONTENT } from '../shared/http/response.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';
import { readWallet } from '../shared/store/wallets.ts';

export type CancelSubscriptionInput = { readonly memberId: string; readonly product: Product };

/** R11: forfeits the balance and ends the term. A product the member never had is not found. */
export async function cancelSubscription({ memberId, product }: CancelSubscriptionInput, { store, rules, now }: Deps) {
  const decision = decideCancellation(await readWallet(store, walletIdOf(memberId, product), now, rules));
  if (decision.kind === 'refused') return decision;
  if (decision.kind === 'changed') await commit(store, decision.changes);
  return NO_CONTENT;
}

export const handler = api(endpoint, ({ path }, deps) => cancelSubscription(path, deps));
