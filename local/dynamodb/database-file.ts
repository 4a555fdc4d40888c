/** The SQLite file in which DynamoDB Local keeps its tables. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LocalFailure } from '../failure.ts';

/**
 * Throws a LocalFailure for a file that is damaged. DynamoDB Local would start on it all the same, and answer with errors
 * that name no cause, or worse, not answer with errors.
 */
export function checkDatabase(file: string): void {
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
