/** One product with its plan, its wallet, and the links that lead on. */
import type { components } from '../../../client/api.ts';
import { WalletState } from '../../parts/wallet/wallet-state.tsx';
import { nameOf } from '../../words/names.ts';

export function ProductSection({ credits }: { readonly credits: components['schemas']['Credits'] }) {
  const { product, plan } = credits;
  const headingId = `product-${product}`;
  return (
    <section class="card" aria-labelledby={headingId}>
      <header class="row spread">
        <h2 id={headingId}>{nameOf(product)}</h2>
        <p>{plan === null ? 'Cancelled' : nameOf(plan)}</p>
      </header>
      <WalletState credits={credits} />
      <p class="row">
        {plan !== null && <a href="#/compose">Write an InMail</a>}
        <a href={`#/statement/${product}`}>
          Statement<span class="visually-hidden"> of {nameOf(product)}</span>
        </a>
      </p>
    </section>
  );
}
