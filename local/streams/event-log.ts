/** The event bus of a local system: keeps the latest events, and passes every one on to whoever listens. */

import type { DomainEvent } from '../../shared/contract/events.ts';
import type { EventBus } from '../../shared/events/event-bus.ts';

/** 1,000 of 12 kB at the most, so 12 MB; mostly they have half a kilobyte. */
export const KEPT_EVENTS = 1_000;

/** What follows the event that was asked for is not kept, or there never was such an event. */
export type Gap = { readonly lastEventId: string; readonly oldestKept: string | null };

export type Follower = {
  readonly onEvent: (event: DomainEvent) => void;
  /** Told once, before any event. */
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
   * Passes on the kept events that followed the last one of that id, all where no id is given, and then every new one.
   * Of an id that is not among the kept ones tells the gap, and then passes on all that are kept.
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
