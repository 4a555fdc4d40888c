import { putSubscription as endpoint } from '../shared/contract/endpoints/subscriptions.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { decideSubscription } from '../shared/domain/subscribing.ts';
import { api } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import { creditsView, newTermView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';
import { readWallet } from '../shared/store/wallets.ts';

export type PutSubscriptionInput = { readonly memberId: string; readonly product: Product; readonly plan: string };

/** R1, R10: subscribes, or changes plan. A request for the current plan changes nothing. */
export async function putSubscription({ memberId, product, plan: name }: PutSubscriptionInput, deps: Deps) {
  const { store, rules, now } = deps;
  const plan = rules.catalogue.get(name);
  if (plan?.product !== product) return refuse({ why: 'no-such-plan', plan: name, product });
  const wallet = await readWallet(store, walletIdOf(memberId, product), now, rules);
  const decision = decideSubscription(wallet, plan);
  if (decision.kind === 'unchanged') return ok(await creditsView(decision.wallet, deps));
  await commit(store, decision.changes);
  // It shows the wallet as the entry left it, because a later read might show other writes.
  return ok(newTermView(decision.body, rules));
}

export const handler = api(endpoint, ({ path, body }, deps) => putSubscription({ ...path, ...body }, deps));
