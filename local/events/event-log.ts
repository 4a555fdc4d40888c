/** The event bus of a local system: keeps the latest events, and passes every one on to whoever listens. */
import type { EventBus } from '../../shared/edge/events/event-bus.ts';
import type { DomainEvent } from '../../shared/edge/events/schema.ts';

/** 1,000 of 12 kB at the most, so 12 MB; mostly they have half a kilobyte. */
export const KEPT_EVENTS = 1_000;

type Listener = (event: DomainEvent) => void;

export class EventLog implements EventBus {
  readonly #kept: DomainEvent[] = [];
  readonly #listeners = new Set<Listener>();

  async put(events: readonly DomainEvent[]): Promise<readonly DomainEvent[]> {
    for (const event of events) {
      this.#kept.push(event);
      if (this.#kept.length > KEPT_EVENTS) this.#kept.shift();
      for (const listener of this.#listeners) listener(event);
    }
    return [];
  }

  /** Passes on the kept events that followed the last one of that id, all where there is none, and then every new one. */
  follow(lastEventId: string | undefined, listener: Listener): () => void {
    const last = this.#kept.findLastIndex(({ eventId }) => eventId === lastEventId);
    for (const event of this.#kept.slice(last + 1)) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
