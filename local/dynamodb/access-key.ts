/**
 * The access key to a folder's tables. DynamoDB Local listens on every network interface and takes any credentials, but it keeps
 * a database for each access key: so one that nobody can guess is a password.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalFailure } from '../failure.ts';
import { readState, writeStateOnce } from '../state-folder.ts';
import { folderOfTables } from './database-file.ts';

/** DynamoDB Local takes letters and digits alone. */
export const newAccessKey = (): string => randomBytes(16).toString('hex');

const keySchema = z.strictObject({ accessKeyId: z.string().regex(/^[0-9a-f]{32}$/) });
const DATABASE = /^[0-9a-f]{32}_/;

const fileIn = (dataDir: string): string => join(dataDir, 'tables-key.json');

/** Made at the first call. Throws a LocalFailure where it is lost, and there are tables that it would open. */
export function accessKeyOf(dataDir: string): string {
  const file = fileIn(dataDir);
  const kept = readState(file, keySchema);
  if (kept) return kept.accessKeyId;
  const locked = readdirSync(folderOfTables(dataDir)).find((name) => DATABASE.test(name));
  if (locked !== undefined) {
    throw new LocalFailure(
      `${file} is missing, the key to the tables in ${dataDir}: restore it, or write {"accessKeyId":"…"} with the 32 characters that ${locked} begins with`,
    );
  }
  writeStateOnce(file, { accessKeyId: newAccessKey() });
  return (readState(file, keySchema) as z.infer<typeof keySchema>).accessKeyId;
}
