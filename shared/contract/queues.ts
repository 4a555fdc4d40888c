/** How the queues of the sweeps are set up, on AWS and on one machine alike. */
import type { SweepName } from './sweeps.ts';

/** The queue of listings feeds the lister, and each sweep's queue its worker. */
export type QueueName = 'listings' | SweepName;

/**
 * The lister may need Lambda's 15 minutes: a group of shards may hold millions of keys, at some 30 ms for a thousand. A
 * worker has a minute: 1,000 keys, 16 at a time, are done in seconds, or in less than that minute where each call takes
 * half a second.
 */
const LISTER_TIMEOUT_SECONDS = 15 * 60;
const WORKER_TIMEOUT_SECONDS = 60;

export const timeoutSecondsOf = (queue: QueueName): number =>
  queue === 'listings' ? LISTER_TIMEOUT_SECONDS : WORKER_TIMEOUT_SECONDS;

/**
 * 6 × the function's timeout, as AWS asks for: a message must not come back while it is still worked on, and the mapping
 * may have to try more than once to start the function (docs.aws.amazon.com, services-sqs-configure).
 */
export const visibilitySecondsOf = (queue: QueueName): number => 6 * timeoutSecondsOf(queue);

/** One group of shards at a time for the lister, which may need its 15 minutes for it; ten batches for a worker. */
export const messagesAtOnceOf = (queue: QueueName): number => (queue === 'listings' ? 1 : 10);

/** After the fifth time a message goes to the dead-letter queue, where somebody sees it. */
export const MAX_RECEIVES = 5;
