import type { DomainEvent } from '../contract/events.ts';
import { type Retries, retry } from '../store/retry.ts';
import type { PublisherRuntime } from './runtime.ts';

/**
 * Three attempts. Waits of up to 100 and 200 ms are enough for a throttle that passes. Lambda waits out a longer one,
 * or an outage, because it gives the records again.
 */
const RETRIES: Retries<PutResult> = {
  attempts: 3,
  firstWaitMillis: 100,
  longestWaitMillis: 200,
  isRetried: ({ left }) => left.length > 0,
};

/** `left` are the events that the bus did not take, in order. `cause` is its last error, if it had one. */
export type PutResult = { readonly left: readonly DomainEvent[]; readonly cause?: unknown };

/** Puts all events, and puts again only those that were not taken. */
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

/** It only names the events, because a log shows all fields of an error, and a reminder holds a member's text. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
  constructor({ left, cause }: PutResult) {
    super(`the bus did not take ${left.map(({ eventId }) => eventId).join(', ')}`, { cause });
  }
}
