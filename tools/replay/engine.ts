/** A replay runs on tables of its own in memory, because it must not touch the books of `npm start`. */
import { dynamoDbInMemory } from '../../local/dynamodb/dynamodb-engine.ts';
import type { EngineName } from '../../local/engine.ts';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import type { Database } from '../../shared/store/database.ts';

/** A replay of fewer events ends before Java's better compiler has paid for itself. */
const LONG_RUN_EVENTS = 10_000;

/** The caller disposes of them. */
export async function openTables(engine: EngineName, events: number): Promise<Database & AsyncDisposable> {
  return engine === 'sqlite' ? sqliteInMemory() : dynamoDbInMemory({ longRun: events >= LONG_RUN_EVENTS });
}
