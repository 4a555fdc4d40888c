/**
 * Started by the queue of InMails that have expired. It writes down what is true already (R16): late, twice or never,
 * every InMail reads as expired from its instant on, and the next run looks back.
 */
import { expiredFrom } from '../shared/domain/rules.ts';
import { sweepWorker } from '../shared/edge/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/edge/sweeps/worker.ts';
import type { InMailKey } from '../shared/store/store.ts';

/** R16: one conditional update an InMail. */
export const expireInMail: HandleKey<InMailKey> = async ({ inmailId, sentAt }, { store, rules }) => {
  await store.commit([{ kind: 'record-expiry', inmailId }]);
  return { written: 1, dueAt: expiredFrom(sentAt, rules) };
};

export const handler = sweepWorker('expire-inmails', expireInMail);
