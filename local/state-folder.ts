/** One local system at a time keeps its books, its clock and its signing key in this folder. */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { codeOf, LocalFailure } from './failure.ts';
import { LockBusyError, takeLock } from './kernel-lock.ts';

const DEFAULT_DATA_DIR = '.local';

/** `DATA_DIR`, or the folder beside package.json that git ignores. */
export const dataDirIn = ({ DATA_DIR }: NodeJS.ProcessEnv): string => resolve(DATA_DIR || DEFAULT_DATA_DIR);

/** Makes a folder that no other user of the machine can read. Throws a LocalFailure if that is not possible. */
export function makeFolder(folder: string): void {
  makePath(folder);
  const { mode } = statSync(folder);
  if ((mode & OTHERS) === 0) return;
  if (mode & STICKY)
    throw new LocalFailure(`the folder ${folder} is shared by all users: set DATA_DIR to one of your own`);
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new LocalFailure(`the folder ${folder} is open to other users, and cannot be closed (${codeOf(error)})`);
  }
}

/** The permissions of other users in a mode. */
const OTHERS = 0o077;
/** Shared folders such as `/tmp` have this bit. */
const STICKY = 0o1000;

/** Makes one folder at a time, because `recursive: true` never returns under `/proc`. */
function makePath(folder: string): void {
  if (existsSync(folder)) return;
  makePath(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made the folder by now.
    if (codeOf(error) !== 'EEXIST') throw new LocalFailure(`the folder ${folder} cannot be made (${codeOf(error)})`);
  }
}

/** Another system has the folder, or a command that reads it. */
export class StateFolderInUse extends LocalFailure {}

/** Keeps other systems out until the returned function is called or this process ends. */
export function lockStateFolder(folder: string): () => void {
  const release = takeFolder(folder);
  // A system that was killed could not delete its address.
  rmSync(endpointFileOf(folder), { force: true });
  return release;
}

function takeFolder(folder: string): () => void {
  try {
    return takeLock(join(folder, 'lock'));
  } catch (error) {
    if (error instanceof LockBusyError) {
      throw new StateFolderInUse(
        `the state folder ${folder} is used by another local system: stop that one, or set DATA_DIR`,
      );
    }
    throw new LocalFailure(`the state folder ${folder} cannot be written to (${(error as Error).message})`);
  }
}

const endpointSchema = z.strictObject({ endpoint: z.url() });
const endpointFileOf = (folder: string): string => join(folder, 'endpoint.json');

/** Announces the address of the tables until the returned function is called. The caller must have the lock. */
export function announceEndpoint(folder: string, endpoint: string): () => void {
  writeState(endpointFileOf(folder), { endpoint });
  return () => rmSync(endpointFileOf(folder), { force: true });
}

/** The address of the tables of the system that has the lock. Undefined while it starts or stops. */
export const endpointIn = (folder: string): string | undefined =>
  readState(endpointFileOf(folder), endpointSchema)?.endpoint;

/** Undefined if there is no such file. Throws a LocalFailure if its content is not ours. */
export function readState<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new LocalFailure(`the state file ${file} cannot be read (${codeOf(error)})`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new LocalFailure(`the state file ${file} is damaged: restore or delete it`);
  }
}

/** Writes the whole file or nothing. A reader finds the old text or the new one, even after a crash. */
export function writeState(file: string, state: unknown): void {
  const draft = draftOf(file, state);
  renameSync(draft, file);
}

/** Like `writeState`, but the first writer wins and all others do nothing. Only the owner can read the file. */
export function writeStateOnce(file: string, state: unknown): void {
  const draft = draftOf(file, state);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function draftOf(file: string, state: unknown): string {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new LocalFailure(`the state file ${file} cannot be written (${codeOf(error)})`);
  }
  return draft;
}
