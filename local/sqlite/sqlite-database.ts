/** The tables in a file of SQLite or in memory. It reads and writes single items, and knows nothing of expressions. */
import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import type { TableName } from '../../shared/contract/tables.ts';
import type { Item } from '../../shared/store/database.ts';
import type { TableDefinitions } from '../table-definitions.ts';
import { CHANGES_STATEMENT, type Change, ChangeLog } from './change-log.ts';
import { invalid, noTable } from './exceptions.ts';
import { keyValueIn } from './item.ts';
import { SqliteFile, type Value } from './sqlite-file.ts';
import { definingStatements, type Place, type Table, tableOf } from './tables.ts';

export type SqliteOptions = {
  /** Without it, everything is in memory. */
  readonly path?: string | undefined;
  /** For a reader beside the process that writes. */
  readonly readOnly?: boolean;
  /** Whether a commit waits for the disk. */
  readonly isDurable?: boolean;
  /** Keeps the changes for a reader of the streams. */
  readonly keepsChanges?: boolean;
};

/** The file has tables with other keys or indexes. */
export class OtherTablesError extends Error {
  override readonly name = 'OtherTablesError';
}

export class SqliteDatabase {
  readonly file: SqliteFile;
  readonly changes: ChangeLog | undefined;
  readonly #tables: ReadonlyMap<string, Table>;

  /** Makes the tables in a new file. Throws an OtherTablesError, or an Error if the file is no database. */
  constructor(definitions: TableDefinitions, { path, keepsChanges = false, ...options }: SqliteOptions = {}) {
    this.#tables = new Map(Object.entries(definitions).map(([name, definition]) => [name, tableOf(name, definition)]));
    this.file = new SqliteFile(path, options);
    this.file.define('segment_of', (key, segments) => crc32(String(key)) % Number(segments));
    try {
      this.#makeTables();
    } catch (error) {
      this.file.close();
      throw error;
    }
    this.changes = keepsChanges ? new ChangeLog(this.file, this.#tables) : undefined;
  }

  #makeTables(): void {
    const wanted = [...[...this.#tables.values()].flatMap(definingStatements), CHANGES_STATEMENT];
    const query = `SELECT "sql" FROM sqlite_master WHERE "sql" NOT NULL AND "name" NOT LIKE 'sqlite~_%' ESCAPE '~'`;
    const existing = this.file.all<{ sql: string }>(query).map(({ sql }) => sql);
    if (existing.length === 0) {
      this.file.transaction(() => {
        for (const statement of wanted) this.file.run(statement);
      });
    } else if (existing.toSorted().join('\n') !== wanted.toSorted().join('\n')) {
      throw new OtherTablesError('the tables have other keys or indexes');
    }
  }

  /** Throws an Error that says how the file is damaged. */
  check(): void {
    const verdict = this.file.first<{ readonly quick_check: string }>('PRAGMA quick_check(1)')?.quick_check;
    if (verdict !== 'ok') throw new Error(verdict);
  }

  /** Throws a ResourceNotFoundException, as DynamoDB does. */
  table(name: string | undefined): Table {
    const table = this.#tables.get(name ?? '');
    if (!table) throw noTable(name ?? '');
    return table;
  }

  place(tableName: string | undefined, indexName: string | undefined): Place {
    const place = this.table(tableName).places.get(indexName ?? '');
    if (!place) throw noTable(`${tableName}.${indexName}`);
    return place;
  }

  read(table: Table, key: Item | undefined): Item | undefined {
    const { keyNames } = table;
    if (Object.keys(key ?? {}).length !== keyNames.length) throw invalid(`the key is not ${keyNames.join(', ')}`);
    const values = table.key.map((attribute) => keyValueIn(key ?? {}, attribute));
    const row = this.file.first<{ readonly item: string }>(table.selectStatement, values);
    return row && JSON.parse(row.item);
  }

  /** Writes all changes or none. An item that stays as it is makes no change. */
  write(changes: readonly Change[]): void {
    const real = changes.filter(({ before, after }) => !isDeepStrictEqual(before, after));
    if (real.length === 0) return;
    this.file.transaction(() => {
      for (const change of real) {
        if (change.after) this.#put(change.table, change.after);
        else this.#delete(change.table, change.before ?? {});
        this.changes?.append(change);
      }
    });
    this.changes?.committed();
  }

  close(): void {
    this.file.close();
  }

  #put(table: Table, item: Item): void {
    const values: Value[] = table.columns.map((attribute) =>
      item[attribute.name] === undefined && !table.keyNames.includes(attribute.name)
        ? null
        : keyValueIn(item, attribute),
    );
    this.file.run(table.putStatement, [...values, JSON.stringify(item)]);
  }

  #delete(table: Table, item: Item): void {
    this.file.run(
      table.deleteStatement,
      table.key.map((attribute) => keyValueIn(item, attribute)),
    );
  }
}

/** The tables have their own names, because nothing else is in the file. */
export const sqliteTableNames = (definitions: TableDefinitions): Readonly<Record<TableName, string>> =>
  Object.fromEntries(Object.keys(definitions).map((name) => [name, name])) as Record<TableName, string>;
