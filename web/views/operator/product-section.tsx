/** One product of a member: credits, pending returns, statement, and the steps of billing. */
import { useState } from 'preact/hooks';
import type { components } from '../../../client/api.ts';
import type { WalletOf } from '../../ledger/read-ledger.ts';
import { CreditsBadge } from '../../parts/credits-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { creditsInWords, nameOf } from '../../words/names.ts';
import { StatementOf } from '../statement.tsx';
import { StepForm } from './step-form.tsx';

type Credits = components['schemas']['Credits'];

export type ProductSectionProps = {
  readonly wallet: WalletOf;
  /** None where the member never had the product. */
  readonly credits: Credits | undefined;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
};

export function ProductSection({ wallet, credits, mayChange, onChanged }: ProductSectionProps) {
  const headingId = `product-${wallet.product}`;
  return (
    <section class="card" aria-labelledby={headingId}>
      <h2 id={headingId}>{nameOf(wallet.product)}</h2>
      {credits ? <Facts credits={credits} /> : <p>Never subscribed.</p>}
      {mayChange && (
        <StepForm
          wallet={wallet}
          hasLedger={credits !== undefined}
          plan={credits?.plan ?? null}
          onChanged={onChanged}
        />
      )}
      {credits && <StatementToggle wallet={wallet} asOf={credits.asOf} />}
    </section>
  );
}

function Facts({ credits }: { readonly credits: Credits }) {
  const { plan, allotment, nextRenewal, pendingReturns } = credits;
  if (plan === null) return <p>Cancelled: no credits, and no renewal. The statement stays.</p>;
  return (
    <>
      <CreditsBadge {...credits} />
      <p>
        {nameOf(plan)}, {creditsInWords(allotment)} a month.{' '}
        {nextRenewal && (
          <>
            Renews on <Time at={nextRenewal.at} />: {nextRenewal.brings} come in, {nextRenewal.forfeits} are forfeited.
          </>
        )}
      </p>
      <PendingReturns pendingReturns={pendingReturns} />
    </>
  );
}

function PendingReturns({ pendingReturns }: Pick<Credits, 'pendingReturns'>) {
  if (pendingReturns.length === 0) return <p>No pending InMail can give a credit back.</p>;
  return (
    <details>
      <summary>
        {pendingReturns.length === 1
          ? '1 pending InMail can still give its credit back'
          : `${pendingReturns.length} pending InMails can still give their credits back`}
      </summary>
      <ul class="bullets">
        {pendingReturns.map(({ inmailId, recipientId, sentAt, returnableUntil }) => (
          <li key={inmailId}>
            to {recipientId}, sent <Time at={sentAt} />, until <Time at={returnableUntil} />
          </li>
        ))}
      </ul>
    </details>
  );
}

type StatementToggleProps = { readonly wallet: WalletOf; readonly asOf: string };

/** Read only when asked for; `asOf` makes it anew after a step. */
function StatementToggle({ wallet, asOf }: StatementToggleProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Statement of {nameOf(wallet.product)}</summary>
      {isOpen && <StatementOf key={asOf} {...wallet} />}
    </details>
  );
}
