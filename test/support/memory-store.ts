/** The store of the product on tables in memory, with a look at all the books. */
import { sqliteClient } from '../../local/sqlite/sqlite-client.ts';
import { SqliteDatabase, sqliteTableNames } from '../../local/sqlite/sqlite-database.ts';
import { TABLE_DEFINITIONS } from '../../local/table-definitions.ts';
import type { Change } from '../../shared/domain/change.ts';
import type { InMail } from '../../shared/domain/inmail.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import type { Database, Item } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { inmailOf } from '../../shared/store/inmails-table.ts';
import type { Store } from '../../shared/store/store.ts';

export class MemoryStore implements Store {
  readonly ledger: Store['ledger'];
  readonly inmails: Store['inmails'];
  readonly subscriptions: Store['subscriptions'];
  readonly connections: Store['connections'];
  readonly database: Database;
  readonly #tables = new SqliteDatabase(TABLE_DEFINITIONS);
  readonly #transact: Store['transact'];

  constructor() {
    this.database = { client: sqliteClient(this.#tables), tables: sqliteTableNames(TABLE_DEFINITIONS) };
    const store = dynamoStore(this.database);
    ({
      ledger: this.ledger,
      inmails: this.inmails,
      subscriptions: this.subscriptions,
      connections: this.connections,
      transact: this.#transact,
    } = store);
  }

  transact(changes: readonly Change[]): Promise<void> {
    return this.#transact(changes);
  }

  /** Keeps the books as they are for any number of calls of `restore`. */
  keep(): void {
    this.#tables.file.run('SAVEPOINT "kept"');
  }

  /** Gives the books back as they were kept. It takes a fraction of the time of making them. */
  restore(): void {
    this.#tables.file.run('ROLLBACK TO "kept"');
  }

  /** All the books, in the order in which they were written. */
  books(): { entries: Entry[]; inmails: InMail[] } {
    return { entries: this.#items('ledger') as unknown as Entry[], inmails: this.#items('inmails').map(inmailOf) };
  }

  #items(table: string): Item[] {
    const rows = this.#tables.file.all<{ item: string }>(`SELECT "item" FROM "${table}" ORDER BY rowid`);
    return rows.map(({ item }) => JSON.parse(item));
  }
}
