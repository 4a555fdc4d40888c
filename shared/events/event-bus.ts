/** The way out for events. On AWS that is EventBridge. The local system and the tests keep them. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '../contract/events.ts';
import { clientLimits } from '../store/client-limits.ts';

export type EventBus = {
  /**
   * Takes at most `MAX_PUT` events, and returns those that were not taken. Throws if it cannot know which were taken.
   */
  readonly put: (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
};

/**
 * One PutEvents call takes 10 entries, and 1 MB in all. Our largest event is a reminder in the longest letters there
 * are, with some 12 kB as UTF-8. So ten never come near the second limit, and a test checks that.
 */
export const MAX_PUT = 10;

const EVENT_SOURCE = 'inmail-credits';

export function eventBridge(busName: string): EventBus {
  // One attempt of 2 s. The caller repeats the events that were not taken, because the SDK would repeat all.
  return busOf(new EventBridgeClient(clientLimits(1)), busName);
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
    // The entries have the order of the events. An entry without an id was not taken.
    return events.filter((_, index) => Entries[index]?.EventId === undefined);
  },
});
