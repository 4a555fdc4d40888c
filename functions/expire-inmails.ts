/**
 * Started by the queue of InMails that have expired. It writes down what is true already (R16): late, twice or never,
 * every InMail reads as expired from its instant on, and the next run looks back.
 */
import { expireInMails } from '../shared/contract/sweeps.ts';
import { decideExpiry } from '../shared/domain/deadlines.ts';
import { handleDeadline } from '../shared/sweeps/deadline.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';

/** R16: judged by the InMail itself, whenever the message comes. */
export const expireInMail = handleDeadline(decideExpiry);

export const handler = sweepWorker(expireInMails, expireInMail);
