/** A lock between processes. It is the kernel's, taken through SQLite: a crash leaves none behind, as a file with a process id would. */
import { DatabaseSync } from 'node:sqlite';

/** Another process has it, and had it for as long as one was ready to wait. */
export class LockBusyError extends Error {
  override readonly name = 'LockBusyError';
}

const SQLITE_BUSY = 5;

/**
 * Held until the returned function is called or this process ends. Waiting stops the whole process: nothing else happens
 * meanwhile. Throws a LockBusyError, and an Error where `file` cannot be written to.
 */
export function takeLock(file: string, waitMillis = 0): () => void {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: waitMillis });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const { errcode, message } = error as { readonly errcode?: number; readonly message: string };
    throw errcode === SQLITE_BUSY ? new LockBusyError(file) : new Error(message);
  }
  const held = lock;
  return () => held.close();
}
