/** Events as a browser's EventSource reads them (WHATWG HTML, Server-sent events). */
import { Readable } from 'node:stream';
import type { DomainEvent } from '../../shared/contract/events.ts';
import type { EventLog, Gap } from './event-log.ts';

/** Often enough that nothing between the two takes the connection for dead. */
const HEARTBEAT_MILLIS = 15_000;

/** More than all kept events together: a reader that is further behind begins anew where it stands (Last-Event-ID). */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Enough to know it again; the header it comes in may have any length. */
const SHOWN_CHARACTERS = 300;

/** Never ends by itself: destroy it, or `push(null)`. An empty id is none, as a browser has it before its first event. */
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
  // At once, so that a reader knows that it is connected.
  send(': events\n\n');
  leave = log.follow(lastEventId || undefined, {
    onGap: (gap) => send(gapFrameOf(gap)),
    onEvent: (event) => send(frameOf(event)),
  });
  return stream;
}

/** JSON has no line breaks of its own, and neither an id nor a type has any. */
const frameOf = (event: DomainEvent): string =>
  `id: ${event.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** It has no id of its own, so a reader that comes back before the next event is told again. */
function gapFrameOf({ lastEventId, oldestKept }: Gap): string {
  const asked = lastEventId.slice(0, SHOWN_CHARACTERS);
  const detail = oldestKept
    ? `There is no event ${asked} among those kept. What happened after it and before ${oldestKept}, the oldest, is not kept.`
    : `There is no event ${asked} among those kept. What happened after it and until now is not kept.`;
  return `event: gap\ndata: ${JSON.stringify({ type: 'gap', lastEventId: asked, oldestKept, detail })}\n\n`;
}
