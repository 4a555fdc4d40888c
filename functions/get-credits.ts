import { getCredits as endpoint } from '../shared/contract/endpoints/credits.ts';
import type { Instant } from '../shared/domain/instant.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { tagged } from '../shared/http/etag.ts';
import { ok } from '../shared/http/response.ts';
import { creditsView, isSubscribed } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { readWalletFor } from '../shared/store/wallets.ts';

export type GetCreditsInput = {
  readonly memberId: string;
  readonly product: Product;
  /** Any instant. The default is now. */
  readonly at?: Instant | undefined;
};

/** R17: the credits of one product as they are, were or will be. Not found before the first subscription. */
export async function getCredits({ memberId, product, at }: GetCreditsInput, deps: Deps) {
  const wallet = await readWalletFor({ walletId: walletIdOf(memberId, product), at }, deps);
  return isSubscribed(wallet) ? tagged(ok(await creditsView(wallet, deps))) : refuse({ why: 'not-found' });
}

export const handler = api(endpoint, ({ path, query }, deps) => getCredits({ ...path, ...query }, deps));
