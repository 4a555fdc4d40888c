/** Opens the engine that a local system runs on. */
import { hasTables } from './dynamodb/database-file.ts';
import { openDynamoDb } from './dynamodb/dynamodb-engine.ts';
import type { TablesAddress } from './dynamodb/dynamodb-local.ts';
import { ENGINES, type Engine, type EngineName } from './engine.ts';
import { LocalFailure } from './failure.ts';
import { hasSqliteBooks, openSqlite } from './sqlite/sqlite-engine.ts';

export type EngineOptions = {
  readonly name: EngineName;
  /** The folder of the tables, whose lock the caller has. Without it, they are in memory. */
  readonly dataDir?: string | undefined;
  /** True for books that are thrown away unless they are finished. */
  readonly isDraft?: boolean | undefined;
  /** A DynamoDB Local that runs already. */
  readonly dynamo?: TablesAddress | undefined;
};

/** Throws a LocalFailure for a fault that the caller can put right. */
export async function openEngine({ name, dataDir, dynamo, isDraft = false }: EngineOptions): Promise<Engine> {
  if (dynamo) return openDynamoDb({ given: dynamo });
  if (dataDir !== undefined) hasBooks(dataDir, name);
  return name === 'sqlite' ? openSqlite(dataDir, { isDraft }) : openDynamoDb({ dataDir });
}

const HAS_BOOKS: Readonly<Record<EngineName, (dataDir: string) => boolean>> = {
  sqlite: hasSqliteBooks,
  dynamodb: hasTables,
};

/**
 * Whether the folder has books of that engine. A folder has the books of one engine: throws a LocalFailure that names the
 * other one.
 */
export function hasBooks(dataDir: string, name: EngineName): boolean {
  if (HAS_BOOKS[name](dataDir)) return true;
  const other = ENGINES.find((engine) => HAS_BOOKS[engine](dataDir));
  if (!other) return false;
  throw new LocalFailure(
    `the books in ${dataDir} are kept by the engine ${other}: add --engine ${other}, or set DATA_DIR to another folder`,
  );
}
