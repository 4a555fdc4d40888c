import { listCredits as endpoint } from '../shared/contract/endpoints/credits.ts';
import { type Instant, laterOf } from '../shared/domain/instant.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import { PRODUCTS } from '../shared/domain/plans.ts';
import { api } from '../shared/http/api.ts';
import { tagged } from '../shared/http/etag.ts';
import { ok } from '../shared/http/response.ts';
import { creditsView, isSubscribed } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { readWalletFor } from '../shared/store/wallets.ts';

export type ListCreditsInput = { readonly memberId: string; readonly at?: Instant | undefined };

/** R17: the credits of every product the member has or had, as they are, were or will be. */
export async function listCredits({ memberId, at }: ListCreditsInput, deps: Deps) {
  const wallets = await Promise.all(
    PRODUCTS.map((product) => readWalletFor({ walletId: walletIdOf(memberId, product), at }, deps)),
  );
  const credits = await Promise.all(wallets.filter(isSubscribed).map((wallet) => creditsView(wallet, deps)));
  // As of the latest wallet, because another machine's clock may have been ahead of this one.
  const asOf = credits.map((view) => view.asOf).reduce(laterOf, at ?? deps.now);
  return tagged(ok({ memberId, asOf, credits }));
}

export const handler = api(endpoint, ({ path, query }, deps) => listCredits({ ...path, ...query }, deps));
