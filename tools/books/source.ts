/** The books that commands read: those of a local system, running or not, or those of a stage on AWS. */
import { join } from 'node:path';
import * as z from 'zod';
import { tableNameIn } from '../../infra/restored.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalClock } from '../../local/clock/clock.ts';
import { accessKeyOf } from '../../local/dynamodb/access-key.ts';
import { localClient, startDynamoDbLocal, type TablesAddress } from '../../local/dynamodb/dynamodb-local.ts';
import type { EngineName } from '../../local/engine.ts';
import { LocalFailure } from '../../local/failure.ts';
import { hasBooks } from '../../local/open-engine.ts';
import { readSqlite } from '../../local/sqlite/sqlite-engine.ts';
import { dataDirIn, endpointIn, lockStateFolder, readState, StateFolderInUse } from '../../local/state-folder.ts';
import { at } from '../../shared/contract/schemas.ts';
import { ofEachTable } from '../../shared/contract/tables.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import type { Database, TableNames } from '../../shared/store/database.ts';
import { documentsOf } from '../aws/clients.ts';
import { engineOf } from '../engine-option.ts';

export type SourceOptions = { readonly stage: Stage | undefined; readonly engine: EngineName | undefined };

export type Source = AsyncDisposable & {
  readonly database: Database;
  readonly now: Instant;
  /** How many parts of a table may be scanned at once. */
  readonly segments: number;
};

/** The books that a command reads: those of the stage, or else those in `DATA_DIR`. */
export const openSource = async ({ stage, engine }: SourceOptions): Promise<Source> =>
  stage ? openStage(stage) : openFolder(dataDirIn(process.env), engineOf(engine));

/**
 * A page of a scan takes 100 ms and 128 units, eventually consistent, so each part takes some 1,300 read units a second.
 * 4 parts leave members more than half of a new table's 12,000, and do not fill the 3,000 of one partition.
 */
const AWS_SEGMENTS = 4;

function openStage(stage: Stage): Source {
  const client = documentsOf(stage);
  return {
    database: { client, tables: ofEachTable((table) => tableNameIn(stage, table)) },
    now: SYSTEM.clock(),
    segments: AWS_SEGMENTS,
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
}

/** Reads the books of a folder, also while a system runs on it. Throws a LocalFailure where there are none. */
export async function openFolder(dataDir: string, engine: EngineName): Promise<Source> {
  if (!hasBooks(dataDir, engine)) {
    throw new LocalFailure(`${dataDir} holds no books: npm start makes some, and DATA_DIR says where`);
  }
  return engine === 'sqlite' ? openSqliteFolder(dataDir) : openDynamoDbFolder(dataDir);
}

/** One part, because everything runs in this process. */
function openSqliteFolder(dataDir: string): Source {
  const database = readSqlite(dataDir);
  const dispose = async () => database[Symbol.dispose]();
  return { database, now: timeIn(dataDir), segments: 1, [Symbol.asyncDispose]: dispose };
}

/** A local system's tables bear the plain names that `createTables` gives them. */
const LOCAL_TABLES: TableNames = ofEachTable((table) => table);
/** For each page DynamoDB Local sorts all that its part has left. 138,000 entries took 77 s in one part, 11 s in eight. */
const LOCAL_SEGMENTS = 8;

/** Reads beside the system that runs on the folder. While none does, a DynamoDB Local of our own keeps others out. */
async function openDynamoDbFolder(dataDir: string): Promise<Source> {
  await using cleanup = new AsyncDisposableStack();
  const client = localClient(addressOfRunning(dataDir, cleanup) ?? (await startOwn(dataDir, cleanup)));
  cleanup.defer(() => client.destroy());
  const database = { client, tables: LOCAL_TABLES };
  const now = timeIn(dataDir);
  const opened = cleanup.move();
  return { database, now, segments: LOCAL_SEGMENTS, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Undefined where none runs. The folder is then ours until the cleanup. */
function addressOfRunning(dataDir: string, cleanup: AsyncDisposableStack): TablesAddress | undefined {
  try {
    cleanup.defer(lockStateFolder(dataDir));
    return undefined;
  } catch (error) {
    if (!(error instanceof StateFolderInUse)) throw error;
  }
  const endpoint = endpointIn(dataDir);
  if (endpoint) return { endpoint, accessKeyId: accessKeyOf(dataDir) };
  throw new LocalFailure(`another process is just starting, stopping or reading on ${dataDir}: try again`);
}

async function startOwn(dataDir: string, cleanup: AsyncDisposableStack): Promise<TablesAddress> {
  const dynamo = await startDynamoDbLocal({ dataDir });
  cleanup.defer(dynamo.stop);
  return dynamo;
}

const clockSchema = z.object({ now: at, offsetMillis: z.int() });

/** The local time, as a system that goes on from here has it. */
const timeIn = (dataDir: string): Instant =>
  new LocalClock(Date.now, readState(join(dataDir, 'clock.json'), clockSchema)).now();
