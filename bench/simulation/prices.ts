/**
 * The cost of a sweep, in dollars of us-east-1: the formula, its prices and their sources. There is no free tier and no tax.
 * A write is 1 unit, because an entry is under 1 KB and the table `ledger` has no index. A tail is 1 read unit.
 */
import { shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import { INDEX_BYTES_PER_KEY, LISTER_MEBIBYTES, WORKER_MEBIBYTES } from './assumptions.ts';
import { PAGE_LENGTH } from './lister-model.ts';
import type { Outcome } from './sweep-model.ts';

const MILLION = 1_000_000;

const PRICES = {
  /** aws.amazon.com/dynamodb/pricing/on-demand */
  writeUnit: 0.625 / MILLION,
  readUnit: 0.125 / MILLION,
  /** aws.amazon.com/lambda/pricing, Arm, first tier */
  lambdaGigabyteSecond: 0.0000133334,
  lambdaRequest: 0.2 / MILLION,
  /** aws.amazon.com/sqs/pricing, standard queues. Each 64 KiB begun is a request */
  sqsRequest: 0.4 / MILLION,
  /** aws.amazon.com/eventbridge/pricing */
  schedulerInvocation: 1 / MILLION,
} as const;

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
    writes: written * PRICES.writeUnit,
    reads: reads * PRICES.readUnit,
    indexReads: pages * UNITS_OF_PAGE * PRICES.readUnit,
    lambda: gigabyteSeconds * PRICES.lambdaGigabyteSecond + invocations * PRICES.lambdaRequest,
    sqs: requests * PRICES.sqsRequest,
    scheduler: SCHEDULES * PRICES.schedulerInvocation,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

function perMillion(price: Exclude<keyof typeof PRICES, 'lambdaGigabyteSecond'>): string {
  return `$${(PRICES[price] * MILLION).toFixed(3).replace(/0$/, '')}/M`;
}

/** The same in words, printed beneath the table. */
export const FORMULA = `dollars = written × ${perMillion('writeUnit')} + tails read × ${perMillion('readUnit')} + pages of the index × ${UNITS_OF_PAGE} units × ${perMillion('readUnit')}
        + GB-seconds × $${PRICES.lambdaGigabyteSecond} + invocations × ${perMillion('lambdaRequest')} + SQS requests × ${perMillion('sqsRequest')}
        + ${SCHEDULES} schedules × ${perMillion('schedulerInvocation')}

GB-seconds   = (${WORKER_MEBIBYTES} MiB × workers' ms + ${LISTER_MEBIBYTES} MiB × listers' ms) ÷ 1,024 ÷ 1,000
pages        = wallets ÷ 1,000, and one more for each shard
SQS requests = a send, a receive and a delete for ten batches of a hundred keys`;
