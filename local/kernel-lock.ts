/**
 * A lock between processes. It is the kernel's own lock, taken through SQLite. A crash leaves no lock behind, but it would leave
 * a file with a process id.
 */
import { DatabaseSync } from 'node:sqlite';

/** Another process held the lock during the whole wait. */
export class LockBusyError extends Error {
  override readonly name = 'LockBusyError';
}

const SQLITE_BUSY = 5;

/**
 * Holds the lock until the returned function is called or this process ends. A wait blocks the whole process. Throws a
 * LockBusyError, or an Error if `file` cannot be written to.
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
