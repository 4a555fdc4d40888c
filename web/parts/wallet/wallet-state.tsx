/** All there is to see of a wallet: balance, next renewal, what can still come back, and how it got here (R17). */

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
          There is no plan of {nameOf(product)} any more, and no credits: what was left was forfeited when it was
          cancelled. Subscribing again brings new ones at once.
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
        If nothing is sent until then, {brings === 0 ? 'nothing comes in' : `${creditsInWords(brings)} come in`} and{' '}
        {forfeits === 0 ? 'nothing is forfeited' : `${creditsInWords(forfeits)} are forfeited: the wallet is too full`}.
      </dd>
    </div>
  );
}

function PendingReturns({ pendingReturns, memberId }: Pick<Credits, 'pendingReturns' | 'memberId'>) {
  const { memberId: reader } = useApp();
  if (pendingReturns.length === 0) return <p class="quiet">No InMail is pending: no credit can come back.</p>;
  return (
    <div class="stack">
      <h3>Credits that can come back</h3>
      <p class="quiet">A response gives the credit of its InMail back, at the instant shown at the latest.</p>
      <ul class="pending">
        {pendingReturns.map(({ inmailId, recipientId, returnableUntil }) => (
          <li key={inmailId}>
            {/* Only its two sides may read an InMail, whatever the scope. */}
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
