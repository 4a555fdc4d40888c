/**
 * The access key to a folder's tables. DynamoDB Local listens on every network interface and takes any credentials. But it
 * keeps a database for each access key, so a secret access key is a password.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalFailure } from '../failure.ts';
import { readState, writeStateOnce } from '../state-folder.ts';
import { folderOfTables } from './database-file.ts';

/** DynamoDB Local takes only letters and digits. */
export const newAccessKey = (): string => randomBytes(16).toString('hex');

const keySchema = z.strictObject({ accessKeyId: z.string().regex(/^[0-9a-f]{32}$/) });
const DATABASE = /^[0-9a-f]{32}_/;

const fileIn = (dataDir: string): string => join(dataDir, 'tables-key.json');

/** The first call makes the key. Throws a LocalFailure if the key of existing tables is lost. */
export function accessKeyOf(dataDir: string): string {
  const file = fileIn(dataDir);
  const kept = readState(file, keySchema);
  if (kept) return kept.accessKeyId;
  const locked = readdirSync(folderOfTables(dataDir)).find((name) => DATABASE.test(name));
  if (locked !== undefined) {
    throw new LocalFailure(
      `${file}, the key to the tables in ${dataDir}, is missing: restore it, or write {"accessKeyId":"…"} with the first 32 characters of ${locked}`,
    );
  }
  writeStateOnce(file, { accessKeyId: newAccessKey() });
  return (readState(file, keySchema) as z.infer<typeof keySchema>).accessKeyId;
}
