/** A replay runs on tables of its own in memory, because it must not touch the books of `npm start`. */
import { localClient, startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import type { EngineName } from '../../local/engine.ts';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import type { Database } from '../../shared/store/database.ts';

export type ReplayTables = AsyncDisposable & { readonly database: Database };

/** A replay of fewer events ends before Java's better compiler has paid for itself. */
const LONG_RUN_EVENTS = 10_000;

export async function openTables(engine: EngineName, events: number): Promise<ReplayTables> {
  return engine === 'sqlite' ? openSqlite() : openDynamoDb(events >= LONG_RUN_EVENTS);
}

function openSqlite(): ReplayTables {
  const database = sqliteInMemory();
  return { database, [Symbol.asyncDispose]: async () => database[Symbol.dispose]() };
}

async function openDynamoDb(longRun: boolean): Promise<ReplayTables> {
  await using cleanup = new AsyncDisposableStack();
  const dynamo = await startDynamoDbLocal({ longRun });
  cleanup.defer(dynamo.stop);
  const client = localClient(dynamo);
  cleanup.defer(() => client.destroy());
  const database = { client, tables: await createTables(client) };
  const opened = cleanup.move();
  return { database, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
