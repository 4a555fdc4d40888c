/** The folder in which a local system keeps its books, its clock and its signing key: one system at a time. */
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

/** A folder that no other user of the machine can look into. Throws a LocalFailure where it cannot be had. */
export function makeFolder(folder: string): void {
  makePath(folder);
  const { mode } = statSync(folder);
  if ((mode & OTHERS) === 0) return;
  if (mode & STICKY) throw new LocalFailure(`the folder ${folder} is everybody's: set DATA_DIR to one of your own`);
  try {
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new LocalFailure(`the folder ${folder} is open to others, and cannot be closed (${codeOf(error)})`);
  }
}

/** What a mode lets others do. */
const OTHERS = 0o077;
/** On a folder that is meant to be shared, such as `/tmp`. */
const STICKY = 0o1000;

/** Not by `recursive: true`, which never returns under `/proc`. */
function makePath(folder: string): void {
  if (existsSync(folder)) return;
  makePath(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw new LocalFailure(`the folder ${folder} cannot be made (${codeOf(error)})`);
  }
}

/** A system, or somebody who reads while none runs, has the folder. */
export class StateFolderInUse extends LocalFailure {}

/** Keeps other systems out until the returned function is called or this process ends. */
export function lockStateFolder(folder: string): () => void {
  const release = takeFolder(folder);
  // A system that was killed could not take back where its tables were.
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

/** Says where the tables of a running system are, until the returned function is called. Only for who has the lock. */
export function announceEndpoint(folder: string, endpoint: string): () => void {
  writeState(endpointFileOf(folder), { endpoint });
  return () => rmSync(endpointFileOf(folder), { force: true });
}

/** Where the tables are of the system that has the lock; undefined while it starts or stops. */
export const endpointIn = (folder: string): string | undefined =>
  readState(endpointFileOf(folder), endpointSchema)?.endpoint;

/** Undefined where there is no such file. Throws a LocalFailure where it is not what we wrote. */
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

/** Whole or not at all: who reads the file meanwhile, or after a crash, finds the old text or the new. */
export function writeState(file: string, state: unknown): void {
  const draft = draftOf(file, state);
  renameSync(draft, file);
}

/** As `writeState`, but whoever comes first wins; the others do nothing. Only the owner can read it. */
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
