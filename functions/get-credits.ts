import * as z from 'zod';
import type { Instant } from '../shared/domain/instant.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/edge/api.ts';
import { tagged } from '../shared/edge/etag.ts';
import { reply } from '../shared/edge/reply.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { at, walletPath } from '../shared/edge/schemas.ts';
import { creditsView } from '../shared/edge/views.ts';
import { readWalletFor } from '../shared/store/wallets.ts';

export type GetCreditsInput = {
  readonly memberId: string;
  readonly product: Product;
  /** Any instant; left out, it is now. */
  readonly at?: Instant | undefined;
};

/** R17: the credits of one product as they are, were or will be. Not found before the first subscription. */
export async function getCredits({ memberId, product, at }: GetCreditsInput, deps: Deps) {
  const wallet = await readWalletFor({ walletId: walletIdOf(memberId, product), at }, deps);
  const credits = await creditsView(wallet, deps);
  return credits ? tagged(reply(200, credits)) : refuse({ why: 'not-found' });
}

export const request = { path: walletPath, query: z.strictObject({ at: at.optional() }) };
export const handler = api('get-credits', request, ({ path, query }, deps) => getCredits({ ...path, ...query }, deps));
