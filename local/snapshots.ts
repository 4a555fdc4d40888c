/**
 * Copies of a state folder, which stand for the point-in-time recovery of tables on AWS. AWS restores to any second. Here
 * only the instants of the copies can be restored to, because SQLite keeps no history.
 */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Instant, instant } from '../shared/domain/instant.ts';
import { LocalClock } from './clock/clock.ts';
import { readTime, saveTime } from './clock/saved-time.ts';
import { LocalFailure } from './failure.ts';
import { makeFolder } from './state-folder.ts';

const BOOKS = 'books.db';
const ISSUER = 'issuer.json';

export type Snapshot = { readonly at: Instant; readonly folder: string };

const folderOf = (dataDir: string): string => join(dataDir, 'snapshots');
/** The colons of an instant are no part of a file's name on every system. */
const nameOf = (at: Instant): string => at.replaceAll(':', '-');
const atOf = (name: string): Instant => instant(name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
const IS_SNAPSHOT = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;

/** Oldest first. */
function snapshotsIn(dataDir: string): Snapshot[] {
  const folder = folderOf(dataDir);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => IS_SNAPSHOT.test(name)) : [];
  return names.sort().map((name) => ({ at: atOf(name), folder: join(folder, name) }));
}

/** Copies the books as they stand, also while a system writes to them. Throws a LocalFailure where there are none. */
export function takeSnapshot(dataDir: string): Snapshot {
  checkBooks(dataDir);
  const at = new LocalClock(Date.now, readTime(dataDir)).now();
  const folder = join(folderOf(dataDir), nameOf(at));
  makeWhole(folder, (draft) => {
    copyBooks(join(dataDir, BOOKS), join(draft, BOOKS));
    const time = readTime(dataDir);
    if (time) saveTime(draft, time);
  });
  return { at, folder };
}

/** Only SQLite's books are copied. */
function checkBooks(dataDir: string): void {
  if (existsSync(join(dataDir, BOOKS))) return;
  throw new LocalFailure(
    `${dataDir} holds no books of the engine sqlite: npm start makes some, and DATA_DIR says where`,
  );
}

/** The last snapshot at or before the instant. Throws a LocalFailure that names the first one if none is so early. */
export function snapshotBefore(dataDir: string, to: Instant): Snapshot {
  const all = snapshotsIn(dataDir);
  const found = all.findLast(({ at }) => at <= to);
  if (found) return found;
  const first = all[0] ? `the first is of ${all[0].at}` : 'there is none: npm run snapshot makes one';
  throw new LocalFailure(`no snapshot in ${dataDir} is of ${to} or earlier, and ${first}`);
}

/**
 * Makes a state folder with the books of the snapshot. Its time goes on from now, so that nothing happens at an earlier
 * time than before. Its schedules go on from the snapshot, because the later runs are not in its books.
 */
export function restoreSnapshot(snapshot: Snapshot, dataDir: string, target: string): void {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new LocalFailure(`${target} holds something already: name another folder with --out`);
  }
  makeWhole(target, (draft) => {
    copyBooks(join(snapshot.folder, BOOKS), join(draft, BOOKS));
    // With the same key, tokens are still good.
    if (existsSync(join(dataDir, ISSUER))) copyFileSync(join(dataDir, ISSUER), join(draft, ISSUER));
    const [present, then] = [readTime(dataDir), readTime(snapshot.folder)];
    if (present) saveTime(draft, { ...present, ...(then?.schedules && { schedules: then.schedules }) });
  });
}

/** The folder is made beside its place and moved there whole, so that half a copy never passes for one. */
function makeWhole(folder: string, fill: (draft: string) => void): void {
  const draft = `${folder}.part`;
  rmSync(draft, { recursive: true, force: true });
  makeFolder(draft);
  fill(draft);
  renameSync(draft, folder);
}

/** One transaction reads all of it, so the copy has no half of any write (sqlite.org/lang_vacuum.html, VACUUM INTO). */
function copyBooks(from: string, to: string): void {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}
