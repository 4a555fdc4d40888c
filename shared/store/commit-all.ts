import type { Change } from '../domain/change.ts';
import { MAX_CHANGES, type Store } from './store.ts';

/**
 * Writes what was decided, all or nothing. A wallet nobody touched for eight years has more renewals due than one
 * transaction holds. They are true whatever follows (R6), so the leading ones are written ahead, as many as it takes.
 */
export async function commitAll(store: Store, changes: readonly Change[]): Promise<void> {
  let rest = changes;
  while (rest.length > MAX_CHANGES) {
    const ahead = leadingRenewals(rest).slice(0, MAX_CHANGES);
    if (ahead.length === 0) throw new RangeError(`${rest.length} changes cannot be written at once`);
    await store.commit(ahead);
    rest = rest.slice(ahead.length);
  }
  await store.commit(rest);
}

function leadingRenewals(changes: readonly Change[]): readonly Change[] {
  const end = changes.findIndex((change) => change.kind !== 'append-entry' || change.entry.type !== 'renewed');
  return end === -1 ? changes : changes.slice(0, end);
}
