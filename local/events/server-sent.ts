/** Events as a browser's EventSource reads them (WHATWG HTML, Server-sent events). */
import { Readable } from 'node:stream';
import type { DomainEvent } from '../../shared/edge/events/schema.ts';
import type { EventLog } from './event-log.ts';

/** Often enough that nothing between the two takes the connection for dead. */
const HEARTBEAT_MILLIS = 15_000;

/** More than all kept events together: a reader that is further behind begins anew where it stands (Last-Event-ID). */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Never ends by itself: destroy it, or `push(null)`. */
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
  leave = log.follow(lastEventId, (event) => send(frameOf(event)));
  return stream;
}

/** JSON has no line breaks of its own, and neither an id nor a type has any. */
const frameOf = (event: DomainEvent): string =>
  `id: ${event.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
