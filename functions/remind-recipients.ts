/**
 * Started by the queue of InMails that are due to be reminded of. Late: reminds late, until 96 h after the send, and counts
 * what is later than that; twice: nobody is reminded twice; never: the next run looks back over a day (R15).
 */
import { remindRecipients } from '../shared/contract/sweeps.ts';
import { decideReminder } from '../shared/domain/deadlines.ts';
import { handleDeadline } from '../shared/sweeps/deadline.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';

/** R15: judged by the InMail itself, whenever the message comes. */
export const remindRecipient = handleDeadline(decideReminder);

export const handler = sweepWorker(remindRecipients, remindRecipient);
