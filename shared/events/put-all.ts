import type { DomainEvent } from '../contract/events.ts';
import { type Retries, retry } from '../store/retry.ts';
import type { PublisherRuntime } from './runtime.ts';

/**
 * Three attempts: waits of up to 100 and 200 ms are enough for a throttle that passes. One that does not, or an outage,
 * is for Lambda to wait out: it gives the records again.
 */
const RETRIES: Retries<PutResult> = {
  attempts: 3,
  firstWaitMillis: 100,
  longestWaitMillis: 200,
  isRetried: ({ left }) => left.length > 0,
};

/** `left` are those the bus did not take, in order; `cause` is what it said last, if anything. */
export type PutResult = { readonly left: readonly DomainEvent[]; readonly cause?: unknown };

/** Puts them all, and those that were not taken, and only those, again. */
export async function putAll(
  events: readonly DomainEvent[],
  { bus, ...patience }: PublisherRuntime,
): Promise<PutResult> {
  let left = events;
  let cause: unknown;
  const put = async (): Promise<PutResult> => {
    try {
      left = await bus.put(left);
    } catch (error) {
      cause = error;
    }
    return { left, cause };
  };
  return retry(put, RETRIES, patience);
}

/** Names the events and no more of them: whoever logs an error logs all its fields, and a reminder holds what was written. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
  constructor({ left, cause }: PutResult) {
    super(`the bus did not take ${left.map(({ eventId }) => eventId).join(', ')}`, { cause });
  }
}
