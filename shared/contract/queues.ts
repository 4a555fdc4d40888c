/** The settings of the sweeps' queues, on AWS and on one machine alike. */
import type { SweepName } from './sweeps.ts';

/** The queue of listings feeds the lister, and each sweep's queue its worker. */
export type QueueName = 'listings' | SweepName;

/**
 * The lister may need Lambda's 15 minutes, because a group of shards may hold millions of keys, at some 30 ms for a
 * thousand. A worker has a minute. It does 1,000 keys, 16 at a time, in seconds, and within the minute even if each
 * call takes half a second.
 */
const LISTER_TIMEOUT_SECONDS = 15 * 60;
const WORKER_TIMEOUT_SECONDS = 60;

export const timeoutSecondsOf = (queue: QueueName): number =>
  queue === 'listings' ? LISTER_TIMEOUT_SECONDS : WORKER_TIMEOUT_SECONDS;

/**
 * 6 × the function's timeout, as AWS asks for (docs.aws.amazon.com, services-sqs-configure). A message must not come
 * back while the function still works on it, and the mapping may need several tries to start it.
 */
export const visibilitySecondsOf = (queue: QueueName): number => 6 * timeoutSecondsOf(queue);

/** The lister takes one group of shards, because that may need its 15 minutes. A worker takes ten batches. */
export const messagesAtOnceOf = (queue: QueueName): number => (queue === 'listings' ? 1 : 10);

/** After the fifth time a message goes to the dead-letter queue, and an operator sees it. */
export const MAX_RECEIVES = 5;
