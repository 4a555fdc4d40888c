/** The events that the system publishes, in words and as they happen. */
import { useEffect, useState } from 'preact/hooks';
import { Time } from '../../parts/time.tsx';
import { EVENT_TYPES, type LocalEvent, type LocalGap, sentenceOfEvent, sentenceOfGap } from '../../words/time-words.ts';
import { EVENTS_URL } from './local-api.ts';

/** As many as a reader looks through. The statements have all. */
const KEPT_EVENTS = 50;

/** A long move brings hundreds of events at once, so they are drawn together. */
const DRAW_MILLIS = 200;

export function EventList() {
  const { events, gap } = useLocalEvents();
  return (
    <section class="card" aria-labelledby="events">
      <h2 id="events">What happens</h2>
      <p class="quiet">
        Events as they come, newest first{events.length === KEPT_EVENTS ? `, and only the last ${KEPT_EVENTS}` : ''}.
      </p>
      {gap && <p role="status">{sentenceOfGap(gap)}</p>}
      {events.length === 0 && <p>Nothing yet. Move the clock, or send an InMail.</p>}
      {events.length > 0 && <Events events={events} />}
    </section>
  );
}

function Events({ events }: { readonly events: readonly LocalEvent[] }) {
  return (
    <ul class="plain events" aria-labelledby="events">
      {events.map((event) => (
        <li key={event.eventId}>
          <Time at={event.at} />: {sentenceOfEvent(event)}
        </li>
      ))}
    </ul>
  );
}

type LocalEvents = { readonly events: readonly LocalEvent[]; readonly gap: LocalGap | undefined };

/** Newest first, and the last gap. An event may arrive twice, and is told once. */
function useLocalEvents(): LocalEvents {
  const [events, setEvents] = useState<readonly LocalEvent[]>([]);
  const [gap, setGap] = useState<LocalGap>();
  useEffect(() => {
    const known = new Map<string, LocalEvent>();
    const source = new EventSource(EVENTS_URL);
    let isDrawn = true;
    const take = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as LocalEvent;
      known.set(event.eventId, event);
      isDrawn = false;
    };
    for (const type of EVENT_TYPES) source.addEventListener(type, take);
    source.addEventListener('gap', ({ data }: MessageEvent<string>) => setGap(JSON.parse(data) as LocalGap));
    const draw = setInterval(() => {
      if (isDrawn) return;
      isDrawn = true;
      setEvents([...known.values()].slice(-KEPT_EVENTS).toReversed());
    }, DRAW_MILLIS);
    return () => {
      clearInterval(draw);
      source.close();
    };
  }, []);
  return { events, gap };
}
