/** What a replay runs on: a store, and a way to read all its books at the end. */
import type { Books } from '../../shared/domain/audit.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { documentClient } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { Store } from '../../shared/store/store.ts';
import { MemoryStore } from '../memory-store.ts';
import type { ReplayOptions } from './options.ts';

export type Engine = {
  readonly store: Store;
  readonly books: () => Promise<Books>;
  readonly stop: () => Promise<void>;
};

export async function startEngine(name: ReplayOptions['engine']): Promise<Engine> {
  if (name === 'memory') {
    const store = new MemoryStore();
    return { store, books: async () => store.books(), stop: async () => {} };
  }
  return startDynamoDb();
}

async function startDynamoDb(): Promise<Engine> {
  throw new Error('not yet');
}
