/**
 * Started by the queue of InMails with a reminder due. Late: it reminds until 96 h after the send, and counts InMails
 * that are later than that. Twice: it reminds only once. Never: the next run looks back over a day (R15).
 */
import { remindRecipients } from '../shared/contract/sweeps.ts';
import { decideReminder } from '../shared/domain/deadlines.ts';
import { handleDeadline } from '../shared/sweeps/deadline.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';

/** R15: the InMail itself decides, whenever the message comes. */
export const remindRecipient = handleDeadline(decideReminder);

export const handler = sweepWorker(remindRecipients, remindRecipient);
