/** Opens the engine that a local system runs on. */
import { hasTables } from './dynamodb/database-file.ts';
import { openDynamoDb } from './dynamodb/dynamodb-engine.ts';
import type { TablesAddress } from './dynamodb/dynamodb-local.ts';
import type { Engine, EngineName } from './engine.ts';
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
  if (dataDir !== undefined) checkEngine(dataDir, name);
  return name === 'sqlite' ? openSqlite(dataDir, { isDraft }) : openDynamoDb({ dataDir });
}

/** A folder has the books of one engine. Throws a LocalFailure that names the other one. */
export function checkEngine(dataDir: string, name: EngineName): void {
  const isThere: Readonly<Record<EngineName, boolean>> = {
    sqlite: hasSqliteBooks(dataDir),
    dynamodb: hasTables(dataDir),
  };
  const other: EngineName = name === 'sqlite' ? 'dynamodb' : 'sqlite';
  if (isThere[name] || !isThere[other]) return;
  throw new LocalFailure(
    `the books in ${dataDir} are kept by the engine ${other}: add --engine ${other}, or set DATA_DIR to another folder`,
  );
}
