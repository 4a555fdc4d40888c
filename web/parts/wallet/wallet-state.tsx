/** Everything about a wallet: its balance, its next renewal, the credits that can come back, and its history (R17). */

import type { components } from '../../../client/api.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { addressOf } from '../../app/address.ts';
import { useApp } from '../../app/context.ts';
import { spanInWords } from '../../words/instants.ts';
import { creditsInWords, nameOf } from '../../words/names.ts';
import { Gauge } from '../gauge.tsx';
import { Time } from '../time.tsx';
import { BalanceHistory } from './balance-history.tsx';

type Credits = components['schemas']['Credits'];

export function WalletState({ credits }: { readonly credits: Credits }) {
  const { memberId, product, plan, balance, cap, allotment, nextRenewal, asOf } = credits;
  return (
    <>
      {plan === null ? (
        <p>
          The plan of {nameOf(product)} was cancelled, and its last credits were forfeited. A new subscription brings
          new credits at once.
        </p>
      ) : (
        <>
          <Gauge label={`Credits of ${nameOf(product)}`} value={balance} max={cap} more={nextRenewal?.brings ?? 0} />
          <dl class="facts">
            <div>
              <dt>Every month</dt>
              <dd>{creditsInWords(allotment)}</dd>
            </div>
            <div>
              <dt>Held at most</dt>
              <dd>{creditsInWords(cap)}</dd>
            </div>
            {nextRenewal && <NextRenewal {...nextRenewal} />}
          </dl>
          <PendingReturns {...credits} />
        </>
      )}
      <BalanceHistory wallet={{ memberId, product }} cap={cap} asOf={asOf} />
    </>
  );
}

function NextRenewal({ at, brings, forfeits }: NonNullable<Credits['nextRenewal']>) {
  const { now } = useApp();
  return (
    <div class="wide">
      <dt>Next renewal</dt>
      <dd>
        <Time at={at} /> <span class="quiet">({spanInWords(now(), instant(at))}; midnight UTC)</span>
      </dd>
      <dd class={forfeits > 0 ? 'warn' : undefined}>
        If no InMail is sent until then, {brings === 0 ? 'no credit' : creditsInWords(brings)} will come in and{' '}
        {forfeits === 0 ? 'none will be forfeited' : `${forfeits} will be forfeited because the wallet is full`}.
      </dd>
    </div>
  );
}

function PendingReturns({ pendingReturns, memberId }: Pick<Credits, 'pendingReturns' | 'memberId'>) {
  const { memberId: reader } = useApp();
  if (pendingReturns.length === 0) return <p class="quiet">No InMail is pending, so no credit can come back.</p>;
  return (
    <div class="stack">
      <h3>Credits that can come back</h3>
      <p class="quiet">A response up to the time shown gives the credit of its InMail back.</p>
      <ul class="pending">
        {pendingReturns.map(({ inmailId, recipientId, returnableUntil }) => (
          <li key={inmailId}>
            {/* Only its sender and its recipient may read an InMail, whatever the scope. */}
            {memberId === reader ? (
              <a href={addressOf('sent', inmailId)}>InMail to {recipientId}</a>
            ) : (
              <>InMail to {recipientId}</>
            )}
            : until <Time at={returnableUntil} />
          </li>
        ))}
      </ul>
    </div>
  );
}
