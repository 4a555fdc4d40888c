/** A file of SQLite, or a database in memory, with its prepared statements. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type Value = SQLInputValue;

/** Another program that looks into the file may hold it for a moment. */
const BUSY_TIMEOUT_MILLIS = 5_000;

/** A commit waits for the disk with FULL. With NORMAL only a checkpoint does, and with OFF nothing does. */
type Synchronous = 'FULL' | 'NORMAL' | 'OFF';

export class SqliteFile {
  readonly #database: DatabaseSync;
  /** A few dozen, because values are never part of a statement. */
  readonly #statements = new Map<string, StatementSync>();
  readonly #usual: Synchronous;

  /**
   * Without a path, everything is in memory. A commit to a file is on the disk when it returns, also if the power fails,
   * because of WAL with `synchronous = FULL` (sqlite.org/pragma.html). Without `isDurable` it never waits for the disk.
   */
  constructor(path: string | undefined, { readOnly = false, isDurable = true } = {}) {
    this.#database = new DatabaseSync(path ?? ':memory:', { readOnly, timeout: BUSY_TIMEOUT_MILLIS });
    if (path !== undefined && !readOnly) this.#database.exec('PRAGMA journal_mode = WAL');
    this.#usual = isDurable ? 'FULL' : 'OFF';
    this.#synchronize(this.#usual);
  }

  /** A commit that outlives a crash of this process. If the power fails, it may be undone, and it alone. */
  runLoosely(sql: string, values: readonly Value[] = []): void {
    if (this.#usual === 'FULL') this.#synchronize('NORMAL');
    this.run(sql, values);
    this.#synchronize(this.#usual);
  }

  #synchronize(mode: Synchronous): void {
    this.#database.exec(`PRAGMA synchronous = ${mode}`);
  }

  run(sql: string, values: readonly Value[] = []): void {
    this.#prepared(sql).run(...values);
  }

  first<Row>(sql: string, values: readonly Value[] = []): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, values: readonly Value[] = []): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  /** Rows one at a time, so that a reader can stop early. Nothing else may run the same statement meanwhile. */
  each<Row>(sql: string, values: readonly Value[] = []): IterableIterator<Row> {
    return this.#prepared(sql).iterate(...values) as IterableIterator<Row>;
  }

  /**
   * All that `work` writes, or nothing if it throws. A savepoint outside of a transaction is one, and within one it is a part of
   * it (sqlite.org/lang_savepoint.html).
   */
  transaction<T>(work: () => T): T {
    this.run('SAVEPOINT "work"');
    try {
      const result = work();
      this.run('RELEASE "work"');
      return result;
    } catch (error) {
      // After some errors, such as a full disk, SQLite has rolled back by itself (sqlite.org/lang_transaction.html).
      if (this.#database.isTransaction) {
        this.run('ROLLBACK TO "work"');
        this.run('RELEASE "work"');
      }
      throw error;
    }
  }

  /** A function for SQL that depends on its arguments alone. */
  define(name: string, compute: (...values: (string | number)[]) => number): void {
    this.#database.function(name, { deterministic: true }, compute as (...values: unknown[]) => number);
  }

  /** The last connection moves all commits from the log into the file, and waits for the disk. */
  close(): void {
    this.#synchronize('FULL');
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
