/**
 * The same function publishes the events as on AWS. DynamoDB Local's streams feed it, and clients can follow its events at
 * `GET /local/events`. A new start does not repeat events of the last one.
 */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { EVENT_SOURCES, type EventSource } from '../../shared/contract/events.ts';
import { PUBLISHER_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { PublisherRuntime } from '../../shared/events/runtime.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import type { TableNames } from '../../shared/store/database.ts';
import { LocalFailure } from '../failure.ts';
import { createContext, streamHandler } from '../gateway/handlers.ts';
import type { HttpHandler, StreamedResult } from '../gateway/http-server.ts';
import { deliver, lambdaRecord, type Publish } from './deliver.ts';
import { EventLog } from './event-log.ts';
import { eventStream } from './server-sent.ts';
import { StreamReader } from './stream-reader.ts';
import { streamSource } from './stream-source.ts';

export type EventFeed = {
  readonly log: EventLog;
  /** Handles `GET /local/events`. */
  readonly handler: HttpHandler<StreamedResult>;
  /** Ends every response under way. */
  readonly stop: () => Promise<void>;
};

export type EventFeedParts = {
  readonly client: DynamoDBDocumentClient;
  readonly endpoint: string;
  readonly tables: TableNames;
};

/** Soon enough for a person. An idle system makes two calls every quarter of a second. */
const POLL_MILLIS = 250;

/** From now on every write to the books becomes events. Earlier writes do not. */
export async function startEventFeed({ client, endpoint, tables }: EventFeedParts): Promise<EventFeed> {
  const log = new EventLog();
  const publish = await loadPublisher({ ...SYSTEM, rules: RULES, bus: log });
  const streams = streamsClient(endpoint, client);
  const rounds = await Promise.all(
    EVENT_SOURCES.map(async (source) => {
      const streamArn = await streamArnOf(client, tables[source.table]);
      const reader = await StreamReader.open(streamSource(streams, streamArn));
      return () => readOnce(reader, { ...source, streamArn }, publish);
    }),
  );
  const stopping = new AbortController();
  const polling = poll(rounds, stopping.signal);
  const open = new Set<Readable>();
  return {
    log,
    handler: async ({ headers }) => followed(eventStream(log, headers['last-event-id']?.join(', ')), open),
    stop: async () => {
      stopping.abort();
      await polling;
      for (const stream of open) stream.push(null);
      streams.destroy();
    },
  };
}

async function loadPublisher(runtime: PublisherRuntime): Promise<Publish> {
  const handler = await streamHandler(runtime);
  return (event) => handler(event, createContext('publish-events', PUBLISHER_TIMEOUT_SECONDS, randomUUID()));
}

/** One attempt of 5 s is enough, because a failed read comes again soon. A stop waits no longer than that. */
function streamsClient(endpoint: string, { config }: DynamoDBDocumentClient): DynamoDBStreamsClient {
  return new DynamoDBStreamsClient({
    endpoint,
    region: config.region,
    credentials: config.credentials,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}

async function streamArnOf(client: DynamoDBDocumentClient, TableName: string): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.LatestStreamArn) return Table.LatestStreamArn;
  throw new LocalFailure(`table ${TableName} has no stream: use another state folder, or delete this one`);
}

type Round = () => Promise<number>;

/** Publishes the records that pass the mapping's filter. Returns the number of all records. */
async function readOnce(reader: StreamReader, source: EventSource & { streamArn: string }, publish: Publish) {
  const records = await reader.next();
  const news = records.filter(({ eventName }) => eventName === source.change);
  await deliver(
    news.map((record) => lambdaRecord(record, source.streamArn)),
    publish,
  );
  return records.length;
}

/** Reads on without a pause while there are records. It reports a lasting fault once. A stop is no fault. */
async function poll(rounds: readonly Round[], signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const counts = await Promise.all(rounds.map((round) => round()));
      failures = 0;
      if (counts.some((count) => count > 0)) continue;
    } catch (error) {
      failures += 1;
      if (failures === 2 && !signal.aborted) console.error(`events: ${error}`);
    }
    await setTimeout(POLL_MILLIS, undefined, { signal }).catch(() => {});
  }
}

function followed(stream: Readable, open: Set<Readable>): StreamedResult {
  open.add(stream);
  stream.once('close', () => open.delete(stream));
  return { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, stream };
}
