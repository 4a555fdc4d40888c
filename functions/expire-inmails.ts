/**
 * Started by the queue of InMails that have expired. Late: every InMail reads as expired from its instant on (R16).
 * Twice: the second run finds nothing to write. Never: the next run looks back.
 */
import { expireInMails } from '../shared/contract/sweeps.ts';
import { decideExpiry } from '../shared/domain/deadlines.ts';
import { handleDeadline } from '../shared/sweeps/deadline.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';

/** R16: the InMail itself decides, whenever the message comes. */
export const expireInMail = handleDeadline(decideExpiry);

export const handler = sweepWorker(expireInMails, expireInMail);
