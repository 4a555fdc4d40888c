/**
 * Started by the queue of InMails that are due to be reminded of. Late: reminds late; twice: nobody is reminded twice;
 * never: the next run looks back 3 hours, and what is older than that is let be, for a reminder belongs in the hour before
 * 72 h have passed (R15).
 */
import { remindAt } from '../shared/domain/rules.ts';
import { sweepWorker } from '../shared/edge/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/edge/sweeps/worker.ts';
import type { InMailKey } from '../shared/store/store.ts';

/** R15: one conditional update an InMail. */
export const remindRecipient: HandleKey<InMailKey> = async ({ inmailId, sentAt }, { store, rules, now }) => {
  await store.commit([{ kind: 'record-reminder', inmailId, remindedAt: now }]);
  return { written: 1, dueAt: remindAt(sentAt, rules) };
};

export const handler = sweepWorker('remind-recipients', remindRecipient);
