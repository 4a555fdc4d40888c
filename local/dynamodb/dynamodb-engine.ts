/** AWS's own DynamoDB Local as the engine of a local system. It takes Java, and some seconds to start. */
import { setTimeout } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { EVENT_SOURCES } from '../../shared/contract/events.ts';
import type { TableNames } from '../../shared/store/database.ts';
import type { Engine } from '../engine.ts';
import { LocalFailure } from '../failure.ts';
import { announceEndpoint } from '../state-folder.ts';
import { lambdaRecord } from '../streams/deliver.ts';
import type { RecordSource } from '../streams/record-source.ts';
import {
  borrowed,
  type DynamoDbLocalOptions,
  localClient,
  startDynamoDbLocal,
  type TablesAddress,
} from './dynamodb-local.ts';
import { StreamReader } from './stream-reader.ts';
import { streamSource } from './stream-source.ts';
import { createTables } from './tables.ts';

export type DynamoDbOptions = {
  /** The caller has the lock of the folder. Without it, the tables are in memory. */
  readonly dataDir?: string | undefined;
  /** A DynamoDB Local that runs already, and goes on afterwards. */
  readonly given?: TablesAddress | undefined;
};

/** Throws a LocalFailure for a fault of Java, of the port or of the tables' file. */
export async function openDynamoDb({ dataDir, given }: DynamoDbOptions): Promise<Engine> {
  await using cleanup = new AsyncDisposableStack();
  const dynamo = given ? borrowed(given) : await startDynamoDbLocal({ dataDir });
  cleanup.defer(dynamo.stop);
  const client = localClient(dynamo);
  cleanup.defer(() => client.destroy());
  const tables = await createTables(client);
  const streams = streamsClient(dynamo.endpoint, client);
  cleanup.defer(() => streams.destroy());
  if (dataDir !== undefined && !given) cleanup.defer(announceEndpoint(dataDir, dynamo.endpoint));
  const opened = cleanup.move();
  return {
    client,
    tables,
    openSources: () =>
      Promise.all(
        EVENT_SOURCES.map(async ({ table }) => openSource(streams, table, await streamArnOf(client, tables[table]))),
      ),
    broken: dynamo.exited.then((reason) => `DynamoDB Local ended (${reason.split('\n', 1)[0]})`),
    stop: () => opened.disposeAsync(),
  };
}

type InMemory = AsyncDisposable & { readonly client: DynamoDBDocumentClient; readonly tables: TableNames };

/** Tables in a DynamoDB Local of their own, for replays and benchmarks. */
export async function dynamoDbInMemory(options: Pick<DynamoDbLocalOptions, 'longRun'>): Promise<InMemory> {
  await using cleanup = new AsyncDisposableStack();
  const dynamo = await startDynamoDbLocal(options);
  cleanup.defer(dynamo.stop);
  const client = localClient(dynamo);
  cleanup.defer(() => client.destroy());
  const tables = await createTables(client);
  const opened = cleanup.move();
  return { client, tables, [Symbol.asyncDispose]: () => opened.disposeAsync() };
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

/** Soon enough for a person. An idle system makes two calls every quarter of a second. */
const POLL_MILLIS = 250;

async function openSource(client: DynamoDBStreamsClient, table: string, streamArn: string): Promise<RecordSource> {
  const reader = await StreamReader.open(streamSource(client, streamArn));
  return {
    next: async () => {
      const records = await reader.next();
      if (records.length === 0) return [];
      return [{ table, records: records.map((record) => lambdaRecord(record, streamArn)), settle: () => {} }];
    },
    wait: async (signal) => {
      await setTimeout(POLL_MILLIS, undefined, { signal }).catch(() => {});
    },
  };
}

async function streamArnOf(client: DynamoDBDocumentClient, TableName: string): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.LatestStreamArn) return Table.LatestStreamArn;
  throw new LocalFailure(`table ${TableName} has no stream: use another state folder, or delete this one`);
}
