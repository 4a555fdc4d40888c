/** The sweeps' own handlers, called as SQS calls them, with an outbox that the test can see. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import type { SweepName } from '../../shared/contract/sweeps.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import type { Outbox } from '../../shared/sweeps/outbox.ts';
import type { ListerRuntime, WorkerRuntime } from '../../shared/sweeps/runtime.ts';
import { NOTHING_DONE, type SweepReport, sumOf } from '../../shared/sweeps/worker.ts';
import { CONTEXT } from './context.ts';

const sqsEvent = (...bodies: readonly string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: `message-${index + 1}`, body })) }) as SQSEvent;

type QueueFunction = 'list-due' | SweepName;

/** The parts of a runtime that a test gives. Messages that are given back go nowhere, unless it says where. */
type FedRuntime = Runtime & Partial<Pick<ListerRuntime, 'outbox' | 'giveBack'> & Pick<WorkerRuntime, 'onBatch'>>;

/** Returns the bodies of the messages that failed. */
export async function feed(
  name: QueueFunction,
  bodies: readonly string[],
  runtime: FedRuntime,
  context: Context = CONTEXT,
): Promise<string[]> {
  const { handler } = await import(`../../functions/${name}.ts`);
  const { batchItemFailures }: SQSBatchResponse = await handler.on({ giveBack: async () => {}, ...runtime })(
    sqsEvent(...bodies),
    context,
  );
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return bodies.filter((_, index) => failed.has(`message-${index + 1}`));
}

export type Queued = { readonly sweep: SweepName; readonly body: string };

/** The lister's queued messages for a message. It throws if the lister reports the message as failed. */
export async function listed(message: ListingMessage, runtime: Runtime): Promise<Queued[]> {
  const queued: Queued[] = [];
  const outbox: Outbox = async (sweep, bodies) => {
    queued.push(...bodies.map((body) => ({ sweep, body })));
  };
  const failed = await feed('list-due', [JSON.stringify(message)], { ...runtime, outbox });
  if (failed.length > 0) throw new Error(`not listed: ${failed}`);
  return queued;
}

/** A sweep from its message to its last batch, each tried once. */
export async function sweepOnce(message: ListingMessage, runtime: Runtime): Promise<SweepReport> {
  const queued = await listed(message, runtime);
  let report = NOTHING_DONE;
  const onBatch: WorkerRuntime['onBatch'] = (_sweep, done) => {
    report = sumOf(report, done);
  };
  for (const { sweep, body } of queued) await feed(sweep, [body], { ...runtime, onBatch });
  return report;
}
