/**
 * The cost of a sweep, in dollars, by the prices of `tools/cost/prices.ts`. Free units and tax are left out.
 * A write is 1 unit, because an entry is under 1 KB and the table `ledger` has no index. A tail is 1 read unit.
 */
import { shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import { firstPriceOf } from '../../tools/cost/charge.ts';
import type { PriceName } from '../../tools/cost/prices.ts';
import { INDEX_BYTES_PER_KEY, LISTER_MEBIBYTES, WORKER_MEBIBYTES } from './assumptions.ts';
import { PAGE_LENGTH } from './lister-model.ts';
import type { Outcome } from './sweep-model.ts';

const MILLION = 1_000_000;

const SQS_REQUEST_BYTES = 64 * 1024;
/** An eventually consistent read of 4 KiB is half a unit. */
const BYTES_PER_HALF_UNIT = 4 * 1024;
const BATCHES_PER_REQUEST = 10;
const UNITS_OF_PAGE = Math.ceil((PAGE_LENGTH * INDEX_BYTES_PER_KEY) / BYTES_PER_HALF_UNIT) / 2;
const SCHEDULES = shardGroupsOf(sweepNamed('renew-wallets')).length;

export type Cost = {
  readonly writes: number;
  readonly reads: number;
  readonly indexReads: number;
  readonly lambda: number;
  readonly sqs: number;
  readonly scheduler: number;
  readonly total: number;
};

export function costOf(outcome: Outcome, batchBytes: number): Cost {
  const { written, reads, pages, sends, workerInvocations, listerInvocations, workerMillis, listerMillis } = outcome;
  const gigabyteSeconds = (WORKER_MEBIBYTES * workerMillis + LISTER_MEBIBYTES * listerMillis) / 1024 / 1_000;
  const requestsOfTen = Math.ceil((BATCHES_PER_REQUEST * batchBytes) / SQS_REQUEST_BYTES);
  const invocations = workerInvocations + listerInvocations;
  // Ten batches are sent, received and deleted together. A message to a lister is one of each.
  const requests = requestsOfTen * (sends + workerInvocations) + workerInvocations + 3 * listerInvocations;
  const parts = {
    writes: written * firstPriceOf('writeUnit'),
    reads: reads * firstPriceOf('readUnit'),
    indexReads: pages * UNITS_OF_PAGE * firstPriceOf('readUnit'),
    lambda: gigabyteSeconds * firstPriceOf('lambdaGigabyteSecond') + invocations * firstPriceOf('lambdaRequest'),
    sqs: requests * firstPriceOf('sqsRequest'),
    scheduler: SCHEDULES * firstPriceOf('schedulerInvocation'),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

function perMillion(price: PriceName): string {
  return `$${(firstPriceOf(price) * MILLION).toFixed(3).replace(/0$/, '')}/M`;
}

/** The same in words, printed beneath the table. */
export const FORMULA = `dollars = written × ${perMillion('writeUnit')} + tails read × ${perMillion('readUnit')} + pages of the index × ${UNITS_OF_PAGE} units × ${perMillion('readUnit')}
        + GB-seconds × $${firstPriceOf('lambdaGigabyteSecond')} + invocations × ${perMillion('lambdaRequest')} + SQS requests × ${perMillion('sqsRequest')}
        + ${SCHEDULES} schedules × ${perMillion('schedulerInvocation')}

GB-seconds   = (${WORKER_MEBIBYTES} MiB × workers' ms + ${LISTER_MEBIBYTES} MiB × listers' ms) ÷ 1,024 ÷ 1,000
pages        = wallets ÷ 1,000, and one more for each shard
SQS requests = a send, a receive and a delete for ten batches of a hundred keys`;
