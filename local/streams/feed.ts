/**
 * The same function publishes the events as on AWS. The engine's streams feed it, and clients can follow its events at
 * `GET /local/events`.
 */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { EVENT_SOURCES } from '../../shared/contract/events.ts';
import { PUBLISHER_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { PublisherRuntime } from '../../shared/events/runtime.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { createContext, streamHandler } from '../gateway/handlers.ts';
import type { HttpHandler, StreamedResult } from '../gateway/http-server.ts';
import { deliver, type Publish } from './deliver.ts';
import { EventLog } from './event-log.ts';
import type { RecordBatch, RecordSource } from './record-source.ts';
import { eventStream } from './server-sent.ts';

export type EventFeed = {
  readonly log: EventLog;
  /** Handles `GET /local/events`. */
  readonly handler: HttpHandler<StreamedResult>;
  /** Ends every response under way. */
  readonly stop: () => Promise<void>;
};

/** From now on every record of the sources becomes events. */
export async function startEventFeed(sources: readonly RecordSource[]): Promise<EventFeed> {
  const log = new EventLog();
  const publish = await loadPublisher({ ...SYSTEM, rules: RULES, bus: log });
  const stopping = new AbortController();
  const reading = sources.map((source) => readOn(source, publish, stopping.signal));
  const open = new Set<Readable>();
  return {
    log,
    handler: async ({ headers }) => followed(eventStream(log, headers['last-event-id']?.join(', ')), open),
    stop: async () => {
      stopping.abort();
      await Promise.all(reading);
      for (const stream of open) stream.push(null);
    },
  };
}

async function loadPublisher(runtime: PublisherRuntime): Promise<Publish> {
  const handler = await streamHandler(runtime);
  return (event) => handler(event, createContext('publish-events', PUBLISHER_TIMEOUT_SECONDS, randomUUID()));
}

const PAUSE_AFTER_FAULT_MILLIS = 250;

/** Reads on without a pause while there are records. It reports a lasting fault once. A stop is no fault. */
async function readOn(source: RecordSource, publish: Publish, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const batches = await source.next();
      failures = 0;
      for (const batch of batches) await publishBatch(batch, publish);
      if (batches.length === 0) await source.wait(signal);
    } catch (error) {
      failures += 1;
      if (failures === 2 && !signal.aborted) console.error(`events: ${error}`);
      await setTimeout(PAUSE_AFTER_FAULT_MILLIS, undefined, { signal }).catch(() => {});
    }
  }
}

/** Publishes the records that pass the mapping's filter. */
async function publishBatch({ table, records, settle }: RecordBatch, publish: Publish): Promise<void> {
  const source = EVENT_SOURCES.find((known) => known.table === table);
  await deliver(
    records.filter(({ eventName }) => eventName === source?.change),
    publish,
  );
  settle();
}

function followed(stream: Readable, open: Set<Readable>): StreamedResult {
  open.add(stream);
  stream.once('close', () => open.delete(stream));
  return { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, stream };
}
