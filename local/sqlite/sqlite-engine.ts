/** The engine of `npm start`: the tables in one file of the state folder, or in memory. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../shared/store/database.ts';
import type { Engine } from '../engine.ts';
import { LocalFailure } from '../failure.ts';
import { TABLE_DEFINITIONS } from '../table-definitions.ts';
import { changeSource } from './change-source.ts';
import { sqliteClient } from './sqlite-client.ts';
import { OtherTablesError, SqliteDatabase, type SqliteOptions, sqliteTableNames } from './sqlite-database.ts';

const booksFileIn = (dataDir: string): string => join(dataDir, 'books.db');
export const hasSqliteBooks = (dataDir: string): boolean => existsSync(booksFileIn(dataDir));

const TABLES = sqliteTableNames(TABLE_DEFINITIONS);

/**
 * The caller has the lock of the folder. A draft is thrown away after a crash, so it waits for no disk and keeps no changes.
 * Throws a LocalFailure for a file that is damaged or of another version.
 */
export function openSqlite(dataDir: string | undefined, { isDraft = false } = {}): Engine {
  const path = dataDir === undefined ? undefined : booksFileIn(dataDir);
  const database = openFile(path, { isDurable: !isDraft, keepsChanges: !isDraft });
  return {
    client: sqliteClient(database),
    tables: TABLES,
    openSources: async () => (database.changes ? [changeSource(database.changes)] : []),
    broken: new Promise(() => {}),
    stop: async () => database.close(),
  };
}

/** The books of a folder, also while a system runs on it. It is for reading alone. */
export function readSqlite(dataDir: string): Database & Disposable {
  const database = openFile(booksFileIn(dataDir), { readOnly: true });
  return { client: sqliteClient(database), tables: TABLES, [Symbol.dispose]: () => database.close() };
}

/** Tables in memory without a log of changes, for replays and tests. */
export function sqliteInMemory(): Database & Disposable & AsyncDisposable {
  const database = new SqliteDatabase(TABLE_DEFINITIONS);
  const close = () => database.close();
  const disposable = { [Symbol.dispose]: close, [Symbol.asyncDispose]: async () => close() };
  return { client: sqliteClient(database), tables: TABLES, ...disposable };
}

function openFile(path: string | undefined, options: Omit<SqliteOptions, 'path'>): SqliteDatabase {
  try {
    const database = new SqliteDatabase(TABLE_DEFINITIONS, { path, ...options });
    database.check();
    return database;
  } catch (error) {
    if (error instanceof OtherTablesError) {
      throw new LocalFailure(
        `the tables in ${path} were made by another version, with other keys or indexes: use another state folder, or delete this one`,
      );
    }
    throw new LocalFailure(
      `the books in ${path} are damaged (${(error as Error).message}): restore or delete that file`,
    );
  }
}
