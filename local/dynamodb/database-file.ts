/** DynamoDB Local keeps the tables of one access key and one region in this SQLite file. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalFailure } from '../failure.ts';

export const REGION = 'local';

export const folderOfTables = (dataDir: string): string => join(dataDir, 'dynamodb');

const fileFor = (dataDir: string, accessKeyId: string): string =>
  join(folderOfTables(dataDir), `${accessKeyId}_${REGION}.db`);
/** Older versions had one database for all access keys. */
const oldFileIn = (dataDir: string): string => join(folderOfTables(dataDir), 'shared-local-instance.db');

export const hasTables = (dataDir: string): boolean =>
  existsSync(folderOfTables(dataDir)) && readdirSync(folderOfTables(dataDir)).some((name) => name.endsWith('.db'));

/**
 * Throws a LocalFailure for tables of an older version, and leaves them as they are. Throws one for a damaged file, because
 * DynamoDB Local would start on it. Its errors would then name no cause, or it would even give no errors.
 */
export function checkDatabase(dataDir: string, accessKeyId: string): void {
  const old = oldFileIn(dataDir);
  if (existsSync(old)) {
    throw new LocalFailure(
      `the tables in ${old} are of an older version, and their entries do not name pending InMails: set DATA_DIR to another folder`,
    );
  }
  const file = fileFor(dataDir, accessKeyId);
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
