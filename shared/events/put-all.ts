import type { DomainEvent } from '../contract/events.ts';
import type { PublisherRuntime } from './runtime.ts';

/**
 * Three attempts: waits of up to 100 and 200 ms are enough for a throttle that passes. One that does not, or an outage,
 * is for Lambda to wait out: it gives the records again.
 */
const MAX_ATTEMPTS = 3;
const FIRST_WAIT_MILLIS = 100;

/** `left` are those the bus did not take, in order; `cause` is what it said last, if anything. */
export type PutResult = { readonly left: readonly DomainEvent[]; readonly cause?: unknown };

/** Puts them all, and those that were not taken, and only those, again. */
export async function putAll(
  events: readonly DomainEvent[],
  { bus, random, pause }: PublisherRuntime,
): Promise<PutResult> {
  let left = events;
  let cause: unknown;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(random() * FIRST_WAIT_MILLIS * 2 ** (attempt - 1));
    try {
      left = await bus.put(left);
    } catch (error) {
      cause = error;
    }
    if (left.length === 0) break;
  }
  return { left, cause };
}

/** Names the events and no more of them: whoever logs an error logs all its fields, and a reminder holds what was written. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
  constructor({ left, cause }: PutResult) {
    super(`the bus did not take ${left.map(({ eventId }) => eventId).join(', ')}`, { cause });
  }
}
