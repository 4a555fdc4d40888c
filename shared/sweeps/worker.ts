/** The second half of a sweep: one batch of keys, each handled on its own. */
import pMap from 'p-map';
import type { Instant } from '../domain/instant.ts';
import type { Deps } from '../runtime/runtime.ts';
import { repeatLostRaces } from '../store/race.ts';
import type { Patience } from '../store/retry.ts';

/** What became of a key; nothing, where nothing was due. */
export type Handled = Partial<Omit<SweepReport, 'found' | 'failed'>>;

/** Handles one key. Throws LostRaceError to be called again: the key is done once a call has seen that it is. */
export type HandleKey<Key> = (key: Key, deps: Deps) => Promise<Handled>;

/**
 * `overtaken`: seen to be done by somebody else, or not to be due, which is no error. `leftOut`: a reminder that would come too late (R15).
 * `failed`: to be tried again, and logged. `oldestDueAt`: the oldest due date that was met unwritten, and is written now.
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

/** 16 at once: a call takes some milliseconds, most of them waiting, and more would only queue for the one processor. */
const KEYS_AT_ONCE = 16;

export type Batch<Key> = {
  readonly handleKey: HandleKey<Key>;
  readonly deps: Deps;
  readonly patience: Patience;
  readonly onFailure: (key: Key, error: unknown) => void;
};

/**
 * Handles all keys. One key's failure stops no other, and `onFailure` is told of it. A lost race is repeated, because it
 * says of nobody that they did the work: two writes may have met without either being made.
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
