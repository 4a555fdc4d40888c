/** The settings of the sweeps' queues, on AWS and on one machine alike. */
import { SWEEPS, type SweepName } from './sweeps.ts';

/** The queue of listings feeds the lister, and each sweep's queue its worker. */
export type QueueName = 'listings' | SweepName;
export const QUEUE_NAMES: readonly QueueName[] = ['listings', ...SWEEPS.map(({ name }) => name)];

/**
 * The lister may need Lambda's 15 minutes, because a group of shards may hold millions of keys, at some 30 ms for a
 * thousand. A worker has a minute. It does 1,000 keys, 16 at a time, in seconds, and within the minute even if each
 * call takes half a second.
 */
const LISTER_TIMEOUT_SECONDS = 15 * 60;
const WORKER_TIMEOUT_SECONDS = 60;

export const timeoutSecondsOf = (queue: QueueName): number =>
  queue === 'listings' ? LISTER_TIMEOUT_SECONDS : WORKER_TIMEOUT_SECONDS;

/** So long before its timeout a function ends its calls to the tables, to give back the messages that are not done. */
export const EARLY_END_SECONDS = 5;

/**
 * 6 × the function's timeout, as AWS asks for (docs.aws.amazon.com, services-sqs-configure). A message must not come
 * back while the function still works on it, and the mapping may need several tries to start it. A function that fails
 * gives its message back much sooner (`retrySecondsAfter`), so only one that is killed makes it wait so long.
 */
export const visibilitySecondsOf = (queue: QueueName): number => 6 * timeoutSecondsOf(queue);

/** The lister takes one group of shards, because that may need its 15 minutes. A worker takes ten batches. */
export const messagesAtOnceOf = (queue: QueueName): number => (queue === 'listings' ? 1 : 10);

/**
 * After the eighth time a message goes to the dead-letter queue. That is an hour after the first, so an outage of half
 * an hour heals itself. An operator sees the first failure already, because it is counted.
 */
export const MAX_RECEIVES = 8;

const FIRST_RETRY_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 15 * 60;

/** 1, 2, 4, 8 and 15 minutes. After its last time a message goes on to the dead-letter queue at once. */
export const retrySecondsAfter = (receives: number): number =>
  receives < MAX_RECEIVES ? Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (receives - 1)) : 0;
