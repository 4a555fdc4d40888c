/** Where events go. On AWS that is EventBridge; locally, and in tests, something that keeps them. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '../contract/events.ts';

export type EventBus = {
  /** Answers with those that were not taken, of `MAX_PUT` at the most. Throws where it is unknown what was taken. */
  readonly put: (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
};

/**
 * Of one PutEvents call: 10 entries, of 1 MB in all. Our largest event, a reminder in the longest letters there are, has
 * some 12 kB as UTF-8, so ten never come near the second limit (a test holds them to it).
 */
export const MAX_PUT = 10;

const EVENT_SOURCE = 'inmail-credits';

export function eventBridge(busName: string): EventBus {
  // One attempt of 2 s each: whoever puts repeats what was not taken, and only that, which the SDK's retries cannot.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
  return busOf(new EventBridgeClient({ maxAttempts: 1, requestHandler }), busName);
}

export const busOf = (client: Pick<EventBridgeClient, 'send'>, busName: string): EventBus => ({
  put: async (events) => {
    const entries = events.map((event) => ({
      EventBusName: busName,
      Source: EVENT_SOURCE,
      DetailType: event.type,
      Detail: JSON.stringify(event),
      Time: new Date(event.at),
    }));
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    // In the order they were given; an entry without an id was not taken.
    return events.filter((_, index) => Entries[index]?.EventId === undefined);
  },
});
