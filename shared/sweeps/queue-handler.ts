/**
 * What the lister and the workers run in: SQS starts them with messages, and those that fail are given again, each after
 * its queue's visibility timeout, and after five times end in the queue's dead-letter queue. Twice or out of order: every
 * write is conditional.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { batchMessageOf, type KeyOf } from '../contract/sweep-messages.ts';
import type { NamedSweep, SweepName } from '../contract/sweeps.ts';
import { millisOf } from '../domain/instant.ts';
import type { Variables } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { awsRuntime, type Deps, type Runtime } from '../runtime/runtime.ts';
import { count, logger, metrics, seconds } from '../runtime/telemetry.ts';
import type { WorkerRuntime } from './runtime.ts';
import { type HandleKey, type SweepReport, workBatch } from './worker.ts';

/** A Lambda on a queue whose messages are of one shape. One message's failure stops no other. */
export function queueHandler<Schema extends z.ZodType, Own extends Runtime>(
  schema: Schema,
  fromEnvironment: (variables: Variables) => Own,
  handle: (message: z.infer<Schema>, deps: Deps, runtime: Own) => Promise<void>,
) {
  return lambda(fromEnvironment, (runtime: () => Own) =>
    middy<SQSEvent, SQSBatchResponse, Error, Context>({ timeoutEarlyInMillis: 0 })
      .use(injectLambdaContext(logger))
      .use(logMetrics(metrics))
      .handler(async ({ Records }) => {
        const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
        for (const { messageId, body } of Records) {
          try {
            const { storeFor, rules, clock } = runtime();
            await handle(read(schema, body), { store: storeFor(), rules, now: clock() }, runtime());
          } catch (error) {
            batchItemFailures.push({ itemIdentifier: messageId });
            count('messages-failed');
            logger.error('to be given again', { messageId, error: error as Error });
          }
        }
        return { batchItemFailures };
      }),
  );
}

/** Thrown after everything else of a batch is done, so that the batch is given again and an operator sees it at last. */
class BatchIncompleteError extends Error {
  override readonly name = 'BatchIncompleteError';
}

/** The worker of a sweep. `handleKey` is what it does to one key, for runs without queues. */
export function sweepWorker<const Name extends SweepName>(
  sweep: NamedSweep & { readonly name: Name },
  handleKey: HandleKey<KeyOf<Name>>,
) {
  const { name } = sweep;
  const work = async ({ keys }: { keys: KeyOf<Name>[] }, deps: Deps, { onBatch, ...patience }: WorkerRuntime) => {
    const onFailure = (key: unknown, error: unknown) =>
      logger.error('left to be tried again', { key, error: error as Error });
    const report = await workBatch(keys, { handleKey, deps, patience, onFailure });
    measure(name, report, deps);
    onBatch?.(name, report);
    if (report.failed > 0) throw new BatchIncompleteError(`${name}: ${report.failed} of ${report.found} failed`);
  };
  const fromEnvironment: (variables: Variables) => WorkerRuntime = awsRuntime;
  return Object.assign(queueHandler(batchMessageOf(sweep), fromEnvironment, work), { handleKey });
}

/** `<sweep>-behind`: how long the oldest that is written only now was due. Its maximum is the sweep's straggler. */
function measure(name: SweepName, { oldestDueAt, ...counts }: SweepReport, { now }: Deps): void {
  const { leftOut, ...others } = counts;
  for (const [outcome, times] of Object.entries({ ...others, 'left-out': leftOut })) count(`${name}-${outcome}`, times);
  seconds(`${name}-behind`, oldestDueAt ? (millisOf(now) - millisOf(oldestDueAt)) / 1_000 : 0);
}

/** Throws, naming what is wrong, for a message that is none: nobody can put it right but who sees it at last. */
function read<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(JSON.parse(body));
  if (!success) throw new Error(`message: ${z.prettifyError(error)}`);
  return data;
}
