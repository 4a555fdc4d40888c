/** The SQLite file in which DynamoDB Local keeps its tables: of one access key, in one region. */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalFailure } from '../failure.ts';

export const REGION = 'local';

export const folderOfTables = (dataDir: string): string => join(dataDir, 'dynamodb');

const fileFor = (dataDir: string, accessKeyId: string): string =>
  join(folderOfTables(dataDir), `${accessKeyId}_${REGION}.db`);
/** Of versions that ran DynamoDB Local with one database for everybody. */
const oldFileIn = (dataDir: string): string => join(folderOfTables(dataDir), 'shared-local-instance.db');

export const hasTables = (dataDir: string): boolean =>
  existsSync(folderOfTables(dataDir)) && readdirSync(folderOfTables(dataDir)).some((name) => name.endsWith('.db'));

/**
 * Sees to it that the tables are whole, and those of an older version in their place. Throws a LocalFailure for a file that
 * is damaged: DynamoDB Local would start on it all the same, and answer with errors that name no cause, or worse, not answer
 * with errors.
 */
export function prepareDatabase(dataDir: string, accessKeyId: string): void {
  const file = fileFor(dataDir, accessKeyId);
  const old = oldFileIn(dataDir);
  if (!existsSync(old)) {
    checkDatabase(file);
    return;
  }
  if (existsSync(file)) {
    throw new LocalFailure(
      `two versions have kept tables, in ${file} and in ${old}: move away the one you do not need`,
    );
  }
  // First, because it also takes in what a crash has left in a journal beside the file.
  checkDatabase(old);
  renameSync(old, file);
}

function checkDatabase(file: string): void {
  if (!existsSync(file)) return;
  const verdict = quickCheck(file);
  if (verdict === 'ok') return;
  throw new LocalFailure(`the tables in ${file} are damaged (${verdict}): restore or delete that file`);
}

function quickCheck(file: string): string {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    return String(database.prepare('PRAGMA quick_check(1)').get()?.quick_check);
  } catch (error) {
    return (error as Error).message;
  } finally {
    database?.close();
  }
}
