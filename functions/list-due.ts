/**
 * Started by the queue of pages, which EventBridge Scheduler fills at each sweep's hour. Late: it lists by the time the
 * run was meant for; twice: the batches find nothing to do; never: the next run looks back.
 */

import { listDue } from '../shared/edge/sweeps/lister.ts';
import { pagesMessage } from '../shared/edge/sweeps/messages.ts';
import { queueHandler } from '../shared/edge/sweeps/queue-handler.ts';
import { outbox } from '../shared/edge/sweeps/runtime.ts';
import { count } from '../shared/edge/telemetry.ts';

export const handler = queueHandler(pagesMessage, async (message, deps) => {
  const { keys } = await listDue(message, deps, outbox());
  count(`${message.sweep}-listed`, keys);
});
