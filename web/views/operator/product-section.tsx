/** One product of a member, as the member sees it, and the steps of billing. */
import { useState } from 'preact/hooks';
import type { components } from '../../../client/api.ts';
import type { WalletOf } from '../../ledger/read-ledger.ts';
import { WalletState } from '../../parts/wallet/wallet-state.tsx';
import { nameOf } from '../../words/names.ts';
import { StatementOf } from '../statement.tsx';
import { StepForm } from './step-form.tsx';

export type ProductSectionProps = {
  readonly wallet: WalletOf;
  /** Undefined if the member never had the product. */
  readonly credits: components['schemas']['Credits'] | undefined;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
};

export function ProductSection({ wallet, credits, mayChange, onChanged }: ProductSectionProps) {
  const headingId = `product-${wallet.product}`;
  const plan = credits?.plan ?? null;
  return (
    <section class="card" aria-labelledby={headingId}>
      <header class="row spread">
        <h2 id={headingId}>{nameOf(wallet.product)}</h2>
        {credits && <p>{plan === null ? 'Cancelled' : nameOf(plan)}</p>}
      </header>
      {credits ? <WalletState credits={credits} /> : <p>Never subscribed.</p>}
      {mayChange && <StepForm wallet={wallet} hasLedger={credits !== undefined} plan={plan} onChanged={onChanged} />}
      {credits && <StatementToggle wallet={wallet} asOf={credits.asOf} />}
    </section>
  );
}

type StatementToggleProps = { readonly wallet: WalletOf; readonly asOf: string };

/** Reads the statement only once it is open. `asOf` makes it read again after a step. */
function StatementToggle({ wallet, asOf }: StatementToggleProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Statement of {nameOf(wallet.product)}</summary>
      {isOpen && <StatementOf key={asOf} {...wallet} />}
    </details>
  );
}
