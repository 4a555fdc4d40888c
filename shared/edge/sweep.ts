/**
 * What every sweep runs in. EventBridge Scheduler starts it with the time it was scheduled for, which may lie up to a
 * day back when it had to retry. Late, twice or never: every write is conditional, and each run looks back.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import * as z from 'zod';
import { earlierOf, type Instant } from '../domain/instant.ts';
import { LostRaceError, type Page, type PageRequest, type Store } from '../store/store.ts';
import { type Deps, runtime } from './runtime.ts';
import { at } from './schemas.ts';
import type { SweepName } from './sweeps.ts';
import { count, logger, metrics } from './telemetry.ts';

/** An operator may start a sweep by hand with any look-back. */
const sweepInput = z.strictObject({ scheduledAt: at, lookBackHours: z.int().nonnegative() });
export type SweepInput = z.infer<typeof sweepInput>;

/** What a sweep is: the parts of an index it reads, the pages of a part, and what it does with each key. */
export type SweepSteps<Part, Key> = {
  /** Those in which something may be due by `until`, looking back `lookBackHours` beyond the sweep's own period. */
  readonly partsOf: (window: SweepWindow, deps: Deps) => readonly Part[];
  readonly pageOf: (part: Part, page: PageRequest<Key>, store: Store) => Promise<Page<Key>>;
  /** How much it wrote. Throws LostRaceError where somebody was faster. */
  readonly handleKey: (key: Key, deps: Deps) => Promise<number>;
};

type SweepWindow = { readonly until: Instant; readonly lookBackHours: number };

/** `overtaken`: somebody was faster, which is no error. `failed`: left for the next run, and logged. */
export type SweepReport = { found: number; written: number; overtaken: number; failed: number };

/** A part's pages are read one after the other, so that memory stays flat however many keys it holds. */
const PAGE_LENGTH = 100;
/** 8 parts × 8 keys at once: some 64 calls under way, about what one function's connections carry. */
const PARTS_AT_ONCE = 8;
const KEYS_AT_ONCE = 8;

/** Handles everything due. One key's failure stops no other; it is counted, and the next run finds it again. */
export async function runSweep<Part, Key>(
  steps: SweepSteps<Part, Key>,
  { scheduledAt, lookBackHours }: SweepInput,
  deps: Deps,
): Promise<SweepReport> {
  const report: SweepReport = { found: 0, written: 0, overtaken: 0, failed: 0 };
  // A scheduler whose clock is ahead of ours must not make anything due before its time.
  const until = earlierOf(scheduledAt, deps.now);
  const handle = (key: Key) => handleKey(steps, key, deps, report);
  const sweepPart = async (part: Part) => {
    for (let after: Key | undefined, more = true; more; more = after !== undefined) {
      const { keys, next } = await steps.pageOf(part, { limit: PAGE_LENGTH, after }, deps.store);
      await pMap(keys, handle, { concurrency: KEYS_AT_ONCE });
      after = next;
    }
  };
  await pMap(steps.partsOf({ until, lookBackHours }, deps), sweepPart, { concurrency: PARTS_AT_ONCE });
  return report;
}

async function handleKey<Part, Key>(steps: SweepSteps<Part, Key>, key: Key, deps: Deps, report: SweepReport) {
  report.found += 1;
  try {
    // Awaited first: `+=` would read the count before others, under way at once, have added theirs.
    const written = await steps.handleKey(key, deps);
    report.written += written;
  } catch (error) {
    if (error instanceof LostRaceError) {
      report.overtaken += 1;
    } else {
      report.failed += 1;
      logger.error('left for the next run', { key, error: error as Error });
    }
  }
}

/** Thrown after everything else is done, so that the invocation is retried and at last ends in the dead-letter queue. */
export class SweepIncompleteError extends Error {
  override readonly name = 'SweepIncompleteError';
}

/** A Lambda that a schedule starts. */
export function sweep<Part, Key>(name: SweepName, steps: SweepSteps<Part, Key>) {
  return middy<SweepInput, SweepReport, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event) => {
      const input = sweepInput.parse(event);
      const { storeFor, rules, clock } = runtime();
      const report = await runSweep(steps, input, { store: storeFor(), rules, now: clock() });
      logger.info(name, { ...input, ...report });
      for (const [outcome, times] of Object.entries(report)) count(`${name}-${outcome}`, times);
      if (report.failed > 0) throw new SweepIncompleteError(`${name}: ${report.failed} of ${report.found} failed`);
      return report;
    });
}
