/** The first half of a sweep. It finds the keys that may be due and hands them on in batches. It writes to no table. */
import pMap from 'p-map';
import { type ListingMessage, MAX_BATCH_KEYS } from '../contract/sweep-messages.ts';
import { sweepNamed } from '../contract/sweeps.ts';
import { earlierOf } from '../domain/instant.ts';
import type { Deps } from '../runtime/runtime.ts';
import { LISTINGS, type PartReader } from './listings.ts';
import type { Outbox } from './outbox.ts';

/** 10 batches of 100 keys, because one call sends as many. */
const PAGE_LENGTH = 10 * MAX_BATCH_KEYS;
/** 8 parts × 1,000 keys at a time are some 2 MB, however long the list is. */
const PARTS_AT_ONCE = 8;

export type Listed = { readonly pages: number; readonly keys: number };

/**
 * Sends every key that may be due to the sweep's workers. It can be cut short anywhere and begin anew, because a batch
 * that is sent twice finds nothing to do.
 */
export async function listDue({ sweep, ...message }: ListingMessage, deps: Deps, outbox: Outbox): Promise<Listed> {
  const window = {
    // A scheduler whose clock is ahead of ours must not make anything due before its time.
    until: earlierOf(message.scheduledAt, deps.now),
    lookBackHours: message.lookBackHours,
    shards: message.shards ?? { first: 0, last: sweepNamed(sweep).shards - 1 },
  };
  const parts = LISTINGS[sweep].parts(window, deps.store, deps.rules) as PartReader<unknown>[];
  let [pages, keys] = [0, 0];
  const listPart = async (read: PartReader<unknown>) => {
    // It reads a page of results only after the page before is sent, so that memory stays flat.
    for (let after: unknown, more = true; more; more = after !== undefined) {
      const page = await read({ limit: PAGE_LENGTH, after });
      await outbox(sweep, inBatches(page.keys));
      pages += 1;
      keys += page.keys.length;
      after = page.next;
    }
  };
  await pMap(parts, listPart, { concurrency: PARTS_AT_ONCE });
  return { pages, keys };
}

function inBatches(keys: readonly unknown[]): string[] {
  const count = Math.ceil(keys.length / MAX_BATCH_KEYS);
  return Array.from({ length: count }, (_, batch) =>
    JSON.stringify({ keys: keys.slice(batch * MAX_BATCH_KEYS, (batch + 1) * MAX_BATCH_KEYS) }),
  );
}
