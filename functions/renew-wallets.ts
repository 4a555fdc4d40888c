/**
 * Started daily at 00:05 UTC. Late or never: balances are right without it (R6) and the next run looks back; twice: the
 * second finds nothing to write. Of a wallet's missed renewals each is written in due order, the cap applied at each.
 */
import { dateOf, datesBetween, plusHours } from '../shared/domain/instant.ts';
import { seal, walletIdOf } from '../shared/domain/ledger.ts';
import { renewalDaysOn } from '../shared/domain/renewals.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { type SweepSteps, sweep } from '../shared/edge/sweep.ts';
import { RENEWAL_SHARDS } from '../shared/store/keys.ts';
import type { RenewingPart, WalletKey } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';

/**
 * R2, R6: writes down the renewals that are due, one conditional put each: 1 write unit, where a transaction would cost
 * two. Interrupted between two, the ledger is a true one all the same, and the next run goes on.
 */
export async function renewWallet({ memberId, product }: WalletKey, { store, rules, now }: Deps): Promise<number> {
  const { tail, due } = await readWallet(store, walletIdOf(memberId, product), now, rules);
  const entries = seal(tail, due);
  for (const entry of entries) await store.commit([{ kind: 'append-entry', entry }]);
  return entries.length;
}

export const steps: SweepSteps<RenewingPart, WalletKey> = {
  partsOf: ({ until, lookBackHours }) => {
    const dates = datesBetween(dateOf(plusHours(until, -lookBackHours)), dateOf(until));
    const days = [...new Set(dates.flatMap(renewalDaysOn))];
    return days.flatMap((renewalDay) => Array.from({ length: RENEWAL_SHARDS }, (_, shard) => ({ renewalDay, shard })));
  },
  pageOf: (part, page, store) => store.subscriptions.renewing(part, page),
  handleKey: renewWallet,
};

export const handler = sweep('renew-wallets', steps);
