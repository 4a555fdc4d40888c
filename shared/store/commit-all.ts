import type { Change } from '../domain/change.ts';
import { MAX_CHANGES, type Store } from './store.ts';

/**
 * Writes what was decided, all or nothing. A wallet nobody touched for eight years has more renewals due than one
 * transaction holds; as they are true whatever follows (R6), the oldest are then written ahead of it.
 */
export async function commitAll(store: Store, changes: readonly Change[]): Promise<void> {
  let rest = changes;
  while (rest.length > MAX_CHANGES) {
    const ahead = rest.slice(0, MAX_CHANGES);
    if (!ahead.every(isRenewal)) throw new RangeError(`${changes.length} changes cannot be written at once`);
    await store.commit(ahead);
    rest = rest.slice(MAX_CHANGES);
  }
  await store.commit(rest);
}

const isRenewal = (change: Change): boolean => change.kind === 'append-entry' && change.entry.type === 'renewed';
