import type { Change } from '../domain/change.ts';
import { MAX_CHANGES, type Store } from './store.ts';

/**
 * The one way to write a decision. It writes all or nothing, and a change alone is one plain conditional write. Throws
 * LostRaceError or BusyError.
 *
 * A wallet that was untouched for eight years has more renewals due than one transaction holds. The leading renewals
 * are true whether or not the rest is written (R6), so they are written ahead.
 */
export async function commit(store: Pick<Store, 'transact'>, changes: readonly Change[]): Promise<void> {
  let rest = changes;
  while (rest.length > MAX_CHANGES) {
    const ahead = leadingRenewals(rest).slice(0, MAX_CHANGES);
    if (ahead.length === 0) throw new RangeError(`${rest.length} changes cannot be written at once`);
    await store.transact(ahead);
    rest = rest.slice(ahead.length);
  }
  await store.transact(rest);
}

function leadingRenewals(changes: readonly Change[]): readonly Change[] {
  const end = changes.findIndex((change) => change.kind !== 'append-entry' || change.entry.type !== 'renewed');
  return end === -1 ? changes : changes.slice(0, end);
}
