/** Puts events on the bus with the publisher's own code. A command can wait longer for a bus that is throttled. */
import pMap from 'p-map';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { MAX_PUT } from '../../shared/events/event-bus.ts';
import { NotTakenError, type PutResult, putAll } from '../../shared/events/put-all.ts';
import type { PublisherRuntime } from '../../shared/events/runtime.ts';
import { type Retries, retry } from '../../shared/store/retry.ts';

/** Four calls of 30 ms at a time are some 1,300 events a second. The smallest regions take 400, and then we wait. */
const CALLS_AT_ONCE = 4;

/** Six minutes in all at the most. The events before stay on the bus, and a consumer drops those that come twice. */
const PATIENCE: Retries<PutResult> = {
  attempts: 10,
  firstWaitMillis: 1_000,
  longestWaitMillis: 60_000,
  isRetried: ({ left }) => left.length > 0,
};

/** Throws a NotTakenError for events that the bus does not take in the end. */
export async function putEvents(
  events: readonly DomainEvent[],
  world: PublisherRuntime,
  onPut: (count: number) => void,
): Promise<void> {
  const groups = Array.from({ length: Math.ceil(events.length / MAX_PUT) }, (_, group) =>
    events.slice(group * MAX_PUT, (group + 1) * MAX_PUT),
  );
  let put = 0;
  const putGroup = async (group: readonly DomainEvent[]): Promise<void> => {
    let left = group;
    const attempt = async () => {
      const result = await putAll(left, world);
      left = result.left;
      return result;
    };
    const result = await retry(attempt, PATIENCE, world);
    if (result.left.length > 0) throw new NotTakenError(result);
    put += group.length;
    onPut(put);
  };
  await pMap(groups, putGroup, { concurrency: CALLS_AT_ONCE });
}
