/** A replay runs on a store and on a way to read all its books at the end. */

import { localClient, startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { MemoryStore } from '../../local/memory/memory-store.ts';
import type { Books } from '../../shared/domain/books.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { Store } from '../../shared/store/store.ts';
import type { ReplayOptions } from './options.ts';

export type Engine = {
  readonly store: Store;
  readonly books: () => Promise<Books>;
  readonly stop: () => Promise<void>;
};

/** A replay of fewer events ends before Java's better compiler has paid for itself. */
const LONG_RUN_EVENTS = 10_000;

export async function startEngine(name: ReplayOptions['engine'], events: number): Promise<Engine> {
  return name === 'memory' ? startMemory() : startDynamoDb(events >= LONG_RUN_EVENTS);
}

function startMemory(): Engine {
  const store = new MemoryStore();
  return { store, books: async () => store.books(), stop: async () => {} };
}

/** A DynamoDB Local of its own, in memory, because a replay must not touch the books of `npm start`. */
async function startDynamoDb(longRun: boolean): Promise<Engine> {
  const engine = await startDynamoDbLocal({ longRun });
  const client = localClient(engine);
  const database = { client, tables: await createTables(client) };
  return { store: dynamoStore(database), books: () => scanBooks(database), stop: engine.stop };
}
