/**
 * Started by the queue of listings. EventBridge Scheduler fills that queue at each sweep's hour. Late: it lists by the
 * time that the run was meant for. Twice: the batches find nothing to do. Never: the next run looks back.
 */
import { listingMessage } from '../shared/contract/sweep-messages.ts';
import { count } from '../shared/runtime/telemetry.ts';
import { listDue } from '../shared/sweeps/lister.ts';
import { queueHandler } from '../shared/sweeps/queue-handler.ts';
import { awsListerRuntime } from '../shared/sweeps/runtime.ts';

export const handler = queueHandler(listingMessage, awsListerRuntime, async (message, deps, { outbox }) => {
  const { keys } = await listDue(message, deps, outbox);
  count(`${message.sweep}-listed`, keys);
});
