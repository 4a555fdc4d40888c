/** The lister's calls to the index: a query for each thousand keys, and one for each part that is empty. */

import { sweepNamed } from '../../shared/contract/sweeps.ts';
import { RENEWAL_SHARDS } from '../../shared/contract/tables.ts';
import { dateOf, datesBetween, plusHours } from '../../shared/domain/instant.ts';
import { renewalDaysOn } from '../../shared/domain/renewals.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import { renewalKey } from '../../shared/store/keys.ts';
import type { WalletKey } from '../../shared/store/store.ts';
import type { Outbox } from '../../shared/sweeps/outbox.ts';
import type { CallCounter } from './call-counter.ts';
import { NOW } from './due-wallets.ts';
import { listAll, listingMessagesAt } from './worker-run.ts';

export type Listing = {
  readonly keys: number;
  readonly queries: number;
  readonly expectedQueries: number;
  /** Processor time for a thousand keys. */
  readonly processorMillis: number;
};

const PAGE_LENGTH = 1_000;

/** Runs the lister over all wallets. Its batches go nowhere. */
export async function measureListing(
  all: readonly WalletKey[],
  counter: CallCounter,
  runtime: Runtime,
): Promise<Listing> {
  let keys = 0;
  const outbox: Outbox = async (_sweep, bodies) => {
    for (const body of bodies) keys += (JSON.parse(body) as { keys: unknown[] }).keys.length;
  };
  counter.reset();
  const processor = process.cpuUsage();
  await listAll(listingMessagesAt(NOW), { ...runtime, outbox });
  const { user, system } = process.cpuUsage(processor);
  return {
    keys,
    queries: counter.of('QueryCommand'),
    expectedQueries: expectedQueries(all),
    processorMillis: ((user + system) / 1_000 / keys) * PAGE_LENGTH,
  };
}

/** Each part has a page for every thousand keys, and one for the rest, even an empty one. Only that page has no next. */
export function expectedQueries(keys: readonly WalletKey[]): number {
  const perPart = Map.groupBy(keys, ({ memberId }) => renewalKey(memberId, 1).shard);
  const full = [...perPart.values()].reduce((sum, part) => sum + Math.floor(part.length / PAGE_LENGTH), 0);
  return full + daysListed() * RENEWAL_SHARDS;
}

function daysListed(): number {
  const { lookBackHours } = sweepNamed('renew-wallets');
  const dates = datesBetween(dateOf(plusHours(NOW, -lookBackHours)), dateOf(NOW));
  return new Set(dates.flatMap(renewalDaysOn)).size;
}
