/** The second half of a sweep: one batch of keys, each handled on its own. */
import pMap from 'p-map';
import type { Instant } from '../../domain/instant.ts';
import { LostRaceError } from '../../store/store.ts';
import type { Deps } from '../runtime.ts';
import type { KeyOf } from './messages.ts';
import type { SweepName } from './table.ts';

/** How much was written for a key, and since when the oldest of it was due; nothing, where all was written before. */
type Handled = { readonly written: number; readonly dueAt?: Instant };

/** Handles one key. Throws LostRaceError where somebody was faster. */
export type HandleKey<Key> = (key: Key, deps: Deps) => Promise<Handled>;

/** The worker of each sweep, by its name. */
export type SweepWork = { readonly [Name in SweepName]: HandleKey<KeyOf<Name>> };

/**
 * `overtaken`: somebody was faster, which is no error. `failed`: to be tried again, and logged. `oldestDueAt`: the oldest
 * due date that was met unwritten, and is written now.
 */
export type SweepReport = {
  readonly found: number;
  readonly written: number;
  readonly overtaken: number;
  readonly failed: number;
  readonly oldestDueAt?: Instant;
};

export const NOTHING_DONE: SweepReport = { found: 0, written: 0, overtaken: 0, failed: 0 };

export function sumOf(one: SweepReport, other: SweepReport): SweepReport {
  const dueAts = [one.oldestDueAt, other.oldestDueAt].filter((at) => at !== undefined).sort();
  return {
    found: one.found + other.found,
    written: one.written + other.written,
    overtaken: one.overtaken + other.overtaken,
    failed: one.failed + other.failed,
    ...(dueAts[0] && { oldestDueAt: dueAts[0] }),
  };
}

/** 16 at once: a call takes some milliseconds, most of them waiting, and more would only queue for the one processor. */
const KEYS_AT_ONCE = 16;

/** Handles all keys. One key's failure stops no other; `onFailure` is told of it. */
export async function workBatch<Key>(
  keys: readonly Key[],
  handleKey: HandleKey<Key>,
  deps: Deps,
  onFailure: (key: Key, error: unknown) => void,
): Promise<SweepReport> {
  const handle = async (key: Key): Promise<SweepReport> => {
    try {
      return { ...NOTHING_DONE, found: 1, ...(await dueOf(handleKey, key, deps)) };
    } catch (error) {
      if (error instanceof LostRaceError) return { ...NOTHING_DONE, found: 1, overtaken: 1 };
      onFailure(key, error);
      return { ...NOTHING_DONE, found: 1, failed: 1 };
    }
  };
  const reports = await pMap(keys, handle, { concurrency: KEYS_AT_ONCE });
  return reports.reduce(sumOf, NOTHING_DONE);
}

async function dueOf<Key>(handleKey: HandleKey<Key>, key: Key, deps: Deps) {
  const { written, dueAt } = await handleKey(key, deps);
  return { written, ...(dueAt && { oldestDueAt: dueAt }) };
}
