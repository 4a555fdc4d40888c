import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventLog, KEPT_EVENTS } from '../../local/streams/event-log.ts';
import { eventStream } from '../../local/streams/server-sent.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfEntry } from '../../shared/events/from-entry.ts';
import { anEntry } from '../support/domain-builders.ts';

const eventsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => eventsOfEntry(anEntry({ seq: first + index }), RULES)).flat();

/** The gaps that a reader is told of, and the events before each, once the stream has ended. */
async function gapsIn(stream: ReturnType<typeof eventStream>) {
  stream.push(null);
  const [comment, ...frames] = (await text(stream)).split('\n\n');
  expect(comment).toBe(': events');
  return frames.flatMap((frame, index) => {
    const [, data = ''] = /^event: gap\ndata: ([^\n]*)$/.exec(frame) ?? [];
    return data ? [{ index, ...JSON.parse(data) }] : [];
  });
}

/** The seqs that a reader receives, once the stream has ended. */
async function seqsIn(stream: ReturnType<typeof eventStream>): Promise<number[]> {
  stream.push(null);
  return [...(await text(stream)).matchAll(/^id: ada#premium#(\d+)$/gm)].map(([, seq]) => Number(seq));
}

let log: EventLog;
beforeEach(() => {
  log = new EventLog();
});

describe('a reader of events', () => {
  it('a reader receives id, type and the event itself, in the form of server-sent events', async () => {
    const [event] = eventsFrom(1, 1);
    await log.put(eventsFrom(1, 1));
    const stream = eventStream(log);
    stream.push(null);
    expect(await text(stream)).toBe(
      `: events\n\nid: ada#premium#1\nevent: SubscriptionStarted\ndata: ${JSON.stringify(event)}\n\n`,
    );
  });

  it('a reader receives the kept events first, then the new ones', async () => {
    await log.put(eventsFrom(1, 2));
    const stream = eventStream(log);
    await log.put(eventsFrom(3, 4));
    expect(await seqsIn(stream)).toEqual([1, 2, 3, 4]);
  });

  it('a reader that comes back receives what followed its last event', async () => {
    await log.put(eventsFrom(1, 5));
    expect(await seqsIn(eventStream(log, 'ada#premium#3'))).toEqual([4, 5]);
    expect(await seqsIn(eventStream(log, 'ada#premium#5'))).toEqual([]);
  });

  it('a reader receives all kept events if its last event is not among them', async () => {
    await log.put(eventsFrom(1, KEPT_EVENTS + 2));
    const seqs = await seqsIn(eventStream(log, 'ada#premium#1'));
    expect([seqs.length, seqs[0], seqs.at(-1)]).toEqual([KEPT_EVENTS, 3, KEPT_EVENTS + 2]);
  });

  const KEPT = { oldestKept: 'ada#premium#3' };
  it.each<[string, string | undefined, { oldestKept: string } | undefined]>([
    ['the last event', `ada#premium#${KEPT_EVENTS + 2}`, undefined],
    ['the oldest event that is kept', 'ada#premium#3', undefined],
    ['the newest event that is gone', 'ada#premium#2', KEPT],
    ['an event of another system', 'bob#recruiter#7', KEPT],
    ['a text that is no id', '%00 "\u2028', KEPT],
    ['two ids', 'ada#premium#3, ada#premium#4', KEPT],
    ['no id at all', undefined, undefined],
    ['an empty id', '', undefined],
  ])(
    'a reader that comes back with %s is told of a gap, if there is one, before anything else',
    async (_, asked, gap) => {
      await log.put(eventsFrom(1, KEPT_EVENTS + 2));
      const gaps = await gapsIn(eventStream(log, asked));
      expect(gaps).toEqual(gap ? [expect.objectContaining({ index: 0, type: 'gap', lastEventId: asked, ...gap })] : []);
      for (const { detail } of gaps) {
        expect(detail).toBe(
          `Event ${asked} is not kept. Events after it and before ada#premium#3, the oldest kept event, are missing.`,
        );
      }
    },
  );

  it('a reader that comes back to a new system is told of a gap without a known end', async () => {
    const [gap, ...more] = await gapsIn(eventStream(log, 'ada#premium#3'));
    expect([gap.oldestKept, more]).toEqual([null, []]);
    expect(gap.detail).toBe('Event ada#premium#3 is not kept. Events after it and until now are missing.');
  });

  it('a reader is told at most the first 300 characters of its own id', async () => {
    for (const length of [299, 300, 301]) {
      const [gap] = await gapsIn(eventStream(log, 'x'.repeat(length)));
      expect(gap.lastEventId.length).toBe(Math.min(length, 300));
    }
  });

  it('one slow reader does not delay the others', async () => {
    const [one, other] = [eventStream(log), eventStream(log)];
    await log.put(eventsFrom(1, 1));
    one.destroy();
    await log.put(eventsFrom(2, 2));
    expect(await seqsIn(other)).toEqual([1, 2]);
  });

  it('a reader that does not read is let go before its waiting events fill the memory', async () => {
    const stream = eventStream(log);
    const [event] = eventsFrom(1, 1);
    const large = { ...event, plan: 'x'.repeat(1024 * 1024) } as NonNullable<typeof event>;
    for (let count = 0; count < 20; count += 1) await log.put([large]);
    expect(stream.destroyed).toBe(true);
  });
});

describe('the heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('the heartbeat is a comment every 15 s until the reader goes', () => {
    const stream = eventStream(log);
    stream.read();
    vi.advanceTimersByTime(45_000);
    expect(String(stream.read())).toBe(':\n\n:\n\n:\n\n');
    stream.destroy();
    vi.advanceTimersByTime(45_000);
    expect([stream.readableLength, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
