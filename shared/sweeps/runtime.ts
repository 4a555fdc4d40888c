/** The sweeps' access to queues and observers, besides tables and time. */
import { queueVariableOf } from '../contract/environment.ts';
import { ofEachSweep, SWEEPS, type SweepName } from '../contract/sweeps.ts';
import { readEnvironment, type Variables } from '../runtime/environment.ts';
import { awsRuntime, type Runtime, SYSTEM } from '../runtime/runtime.ts';
import { type GiveBack, sqsGiveBack } from './give-back.ts';
import { type Outbox, sqsClient, sqsOutbox } from './outbox.ts';
import type { SweepReport } from './worker.ts';

/** A function on a queue gives back the messages that it could not handle. */
export type QueueRuntime = Runtime & { readonly giveBack: GiveBack };

/** The lister has an outbox, because it alone writes to queues. */
export type ListerRuntime = QueueRuntime & { readonly outbox: Outbox };

/** A worker tells `onBatch` of every batch that is done. */
export type WorkerRuntime = QueueRuntime & { readonly onBatch?: (sweep: SweepName, report: SweepReport) => void };

export function awsListerRuntime(variables: Variables): ListerRuntime {
  const environment = readEnvironment(
    SWEEPS.map(({ name }) => queueVariableOf(name)),
    variables,
  );
  const queueUrls = ofEachSweep(({ name }) => environment[queueVariableOf(name)]);
  const client = sqsClient();
  return { ...awsRuntime(variables), giveBack: sqsGiveBack(client), outbox: sqsOutbox(client, queueUrls, SYSTEM) };
}

export const awsWorkerRuntime = (variables: Variables): WorkerRuntime => ({
  ...awsRuntime(variables),
  giveBack: sqsGiveBack(sqsClient()),
});
