/** Writes events for a browser's EventSource (WHATWG HTML, Server-sent events). */
import { Readable } from 'node:stream';
import type { DomainEvent } from '../../shared/contract/events.ts';
import type { EventLog, Gap } from './event-log.ts';

/** Often enough that no proxy takes the connection for dead. */
const HEARTBEAT_MILLIS = 15_000;

/** More than all kept events together. A reader that is further behind must connect again (Last-Event-ID). */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Enough to recognize the id, because its header may have any length. */
const SHOWN_CHARACTERS = 300;

/** The stream ends only by `destroy` or `push(null)`. An empty id is none, as in a browser before its first event. */
export function eventStream(log: EventLog, lastEventId?: string): Readable {
  let leave = () => {};
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MILLIS);
  const stream = new Readable({
    read: () => {},
    destroy: (error, destroyed) => {
      clearInterval(heartbeat);
      leave();
      destroyed(error);
    },
  });
  const send = (text: string) => {
    stream.push(text);
    if (stream.readableLength > MAX_WAITING_BYTES) stream.destroy();
  };
  // This comes at once, so that a reader knows that it is connected.
  send(': events\n\n');
  leave = log.follow(lastEventId || undefined, {
    onGap: (gap) => send(gapFrameOf(gap)),
    onEvent: (event) => send(frameOf(event)),
  });
  return stream;
}

/** Neither JSON nor an id nor a type has a line break. */
const frameOf = (event: DomainEvent): string =>
  `id: ${event.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** The frame has no id, so a reader that comes back before the next event gets it again. */
function gapFrameOf({ lastEventId, oldestKept }: Gap): string {
  const asked = lastEventId.slice(0, SHOWN_CHARACTERS);
  const detail = oldestKept
    ? `Event ${asked} is not kept. Events after it and before ${oldestKept}, the oldest kept event, are missing.`
    : `Event ${asked} is not kept. Events after it and until now are missing.`;
  return `event: gap\ndata: ${JSON.stringify({ type: 'gap', lastEventId: asked, oldestKept, detail })}\n\n`;
}
