/**
 * The lister and the workers run in this handler, and SQS starts them with messages. A failed message is given back, and
 * comes again after a minute, then after longer waits. After eight times it ends in the dead-letter queue. A message that
 * comes twice or out of order does no harm, because every write is conditional.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { EARLY_END_SECONDS } from '../contract/queues.ts';
import { batchMessageOf, type KeyOf } from '../contract/sweep-messages.ts';
import type { NamedSweep, SweepName } from '../contract/sweeps.ts';
import { millisOf } from '../domain/instant.ts';
import { endEarly } from '../runtime/early-end.ts';
import type { Variables } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import type { Deps } from '../runtime/runtime.ts';
import { count, countFailure, logger, publishCounts, seconds } from '../runtime/telemetry.ts';
import { BusyError, callOf } from '../store/store.ts';
import { awsWorkerRuntime, type QueueRuntime, type WorkerRuntime } from './runtime.ts';
import { type HandleKey, type SweepReport, workBatch } from './worker.ts';

/** A function has one second less than that to give its messages back, at 2 s for a call of SQS. */
const EARLY = { beforeMillis: EARLY_END_SECONDS * 1_000, graceMillis: (EARLY_END_SECONDS - 1) * 1_000 };

/** A Lambda on a queue with messages of one shape. The failure of one message stops no other. */
export function queueHandler<Schema extends z.ZodType, Own extends QueueRuntime>(
  schema: Schema,
  fromEnvironment: (variables: Variables) => Own,
  handle: (message: z.infer<Schema>, deps: Deps, runtime: Own) => Promise<void>,
) {
  return lambda(fromEnvironment, (runtime: () => Own) =>
    middy<SQSEvent, SQSBatchResponse, Error, Context>(endEarly(EARLY))
      .use(injectLambdaContext(logger))
      .use(publishCounts())
      .handler(async ({ Records }, { functionName }, { signal }) => {
        const failed: SQSRecord[] = [];
        for (const record of Records) {
          try {
            if (signal.aborted) throw new BusyError('the time was up before this message');
            const { storeFor, rules, clock } = runtime();
            await handle(read(schema, record.body), { store: storeFor(signal), rules, now: clock() }, runtime());
          } catch (error) {
            failed.push(record);
            countFailure('messages-failed', functionName);
            logger.error('to be given again', { messageId: record.messageId, ...callOf(error), error: error as Error });
          }
        }
        await giveBack(failed, runtime);
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      }),
  );
}

/** Messages that cannot be given back come again all the same, only later. */
async function giveBack(failed: readonly SQSRecord[], runtime: () => QueueRuntime): Promise<void> {
  if (failed.length === 0) return;
  try {
    await runtime().giveBack(failed);
  } catch (error) {
    logger.warn('to be given again only after the visibility timeout', { error: error as Error });
  }
}

/** Thrown after the rest of a batch is done, so that SQS gives the batch again, and an operator sees it in the end. */
class BatchIncompleteError extends Error {
  override readonly name = 'BatchIncompleteError';
}

/** The worker of a sweep. It carries `handleKey`, because runs without queues call that for each key. */
export function sweepWorker<const Name extends SweepName>(
  sweep: NamedSweep & { readonly name: Name },
  handleKey: HandleKey<KeyOf<Name>>,
) {
  const { name } = sweep;
  const work = async ({ keys }: { keys: KeyOf<Name>[] }, deps: Deps, { onBatch, ...patience }: WorkerRuntime) => {
    const onFailure = (key: unknown, error: unknown) =>
      logger.error('left to be tried again', { key, ...callOf(error), error: error as Error });
    const report = await workBatch(keys, { handleKey, deps, patience, onFailure });
    measure(name, report, deps);
    onBatch?.(name, report);
    if (report.failed > 0) throw new BatchIncompleteError(`${name}: ${report.failed} of ${report.found} failed`);
  };
  return Object.assign(queueHandler(batchMessageOf(sweep), awsWorkerRuntime, work), { handleKey });
}

/**
 * `<sweep>-behind` is the delay of the oldest due date that is written only now. Its maximum is the sweep's straggler.
 */
function measure(name: SweepName, { oldestDueAt, ...counts }: SweepReport, { now }: Deps): void {
  const { leftOut, ...others } = counts;
  for (const [outcome, times] of Object.entries({ ...others, 'left-out': leftOut })) count(`${name}-${outcome}`, times);
  seconds(`${name}-behind`, oldestDueAt ? (millisOf(now) - millisOf(oldestDueAt)) / 1_000 : 0);
}

/** Throws an error that names the fault of a message. Only an operator at the dead-letter queue can correct it. */
function read<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(JSON.parse(body));
  if (!success) throw new Error(`message: ${z.prettifyError(error)}`);
  return data;
}
