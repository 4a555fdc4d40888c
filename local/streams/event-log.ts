/** The event bus of a local system. It keeps the latest events and passes every event on to its followers. */

import type { DomainEvent } from '../../shared/contract/events.ts';
import type { EventBus } from '../../shared/events/event-bus.ts';

/** 1,000 events of at most 12 kB are 12 MB. Most events have half a kilobyte. */
export const KEPT_EVENTS = 1_000;

/** The events after `lastEventId` are not kept, or there never was such an event. */
export type Gap = { readonly lastEventId: string; readonly oldestKept: string | null };

export type Follower = {
  readonly onEvent: (event: DomainEvent) => void;
  /** Called at most once, before any event. */
  readonly onGap?: (gap: Gap) => void;
};

export class EventLog implements EventBus {
  readonly #kept: DomainEvent[] = [];
  readonly #followers = new Set<Follower>();

  async put(events: readonly DomainEvent[]): Promise<readonly DomainEvent[]> {
    for (const event of events) {
      this.#kept.push(event);
      if (this.#kept.length > KEPT_EVENTS) this.#kept.shift();
      for (const { onEvent } of this.#followers) onEvent(event);
    }
    return [];
  }

  /**
   * Passes on the kept events after the last one with that id, and then every new one. Without an id it begins with the first
   * kept event. For an id that is not kept, it reports the gap and then passes on all kept events.
   */
  follow(lastEventId: string | undefined, follower: Follower): () => void {
    const last = this.#kept.findLastIndex(({ eventId }) => eventId === lastEventId);
    if (lastEventId !== undefined && last === -1) {
      follower.onGap?.({ lastEventId, oldestKept: this.#kept[0]?.eventId ?? null });
    }
    for (const event of this.#kept.slice(last + 1)) follower.onEvent(event);
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}
