/**
 * Started by the queue of pages, which EventBridge Scheduler fills at each sweep's hour. Late: it lists by the time the
 * run was meant for; twice: the batches find nothing to do; never: the next run looks back.
 */

import { pagesMessage } from '../shared/contract/sweep-messages.ts';
import { count } from '../shared/runtime/telemetry.ts';
import { listDue } from '../shared/sweeps/lister.ts';
import { queueHandler } from '../shared/sweeps/queue-handler.ts';
import { outbox } from '../shared/sweeps/runtime.ts';

export const handler = queueHandler(pagesMessage, async (message, deps) => {
  const { keys } = await listDue(message, deps, outbox());
  count(`${message.sweep}-listed`, keys);
});
