/** The second half of a sweep. It handles each key of a batch on its own. */
import pMap from 'p-map';
import type { Instant } from '../domain/instant.ts';
import type { Deps } from '../runtime/runtime.ts';
import { repeatLostRaces } from '../store/race.ts';
import type { Patience } from '../store/retry.ts';

/** The outcome for a key. It is empty if nothing was due. */
export type Handled = Partial<Omit<SweepReport, 'found' | 'failed'>>;

/** Handles one key. It throws LostRaceError to be called again, until a call has seen that the key is done. */
export type HandleKey<Key> = (key: Key, deps: Deps) => Promise<Handled>;

/**
 * `overtaken` keys were done by another writer, or were not due, and that is no error. `leftOut` counts reminders that
 * would come too late (R15). `failed` keys are logged, and will be tried again. `oldestDueAt` is the oldest due date
 * that was unwritten until now.
 */
export type SweepReport = {
  readonly found: number;
  readonly written: number;
  readonly overtaken: number;
  readonly leftOut: number;
  readonly failed: number;
  readonly oldestDueAt?: Instant;
};

export const NOTHING_DONE: SweepReport = { found: 0, written: 0, overtaken: 0, leftOut: 0, failed: 0 };

export function sumOf(one: SweepReport, other: SweepReport): SweepReport {
  const dueAts = [one.oldestDueAt, other.oldestDueAt].filter((at) => at !== undefined).sort();
  return {
    found: one.found + other.found,
    written: one.written + other.written,
    overtaken: one.overtaken + other.overtaken,
    leftOut: one.leftOut + other.leftOut,
    failed: one.failed + other.failed,
    ...(dueAts[0] && { oldestDueAt: dueAts[0] }),
  };
}

/**
 * 16 at once. A call takes some milliseconds, mostly of waiting, and more calls would only queue for the one
 * processor.
 */
const KEYS_AT_ONCE = 16;

export type Batch<Key> = {
  readonly handleKey: HandleKey<Key>;
  readonly deps: Deps;
  readonly patience: Patience;
  readonly onFailure: (key: Key, error: unknown) => void;
};

/**
 * Handles all keys. The failure of one key stops no other, and `onFailure` is told of it. A lost race is repeated,
 * because it does not prove that another writer did the work. Two writes can meet so that neither is made.
 */
export async function workBatch<Key>(keys: readonly Key[], batch: Batch<Key>): Promise<SweepReport> {
  const { handleKey, deps, patience, onFailure } = batch;
  const handle = async (key: Key): Promise<SweepReport> => {
    try {
      return { ...NOTHING_DONE, found: 1, ...(await repeatLostRaces(() => handleKey(key, deps), patience)) };
    } catch (error) {
      onFailure(key, error);
      return { ...NOTHING_DONE, found: 1, failed: 1 };
    }
  };
  const reports = await pMap(keys, handle, { concurrency: KEYS_AT_ONCE });
  return reports.reduce(sumOf, NOTHING_DONE);
}
