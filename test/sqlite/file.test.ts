/** The books in their file: for one writer, for readers beside it, and for the version that made them. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { sqliteClient } from '../../local/sqlite/sqlite-client.ts';
import { SqliteDatabase } from '../../local/sqlite/sqlite-database.ts';
import { openSqlite, readSqlite } from '../../local/sqlite/sqlite-engine.ts';
import { TABLE_DEFINITIONS } from '../../local/table-definitions.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { BusyError } from '../../shared/store/store.ts';

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-file-'));
  file = join(dataDir, 'books.db');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const subscribe = (engine: ReturnType<typeof openSqlite>, memberId: string) =>
  putSubscription(
    { memberId, product: 'premium', plan: 'premium-career' },
    { store: dynamoStore(engine), rules: RULES, now: instant('2024-01-31T15:00:00Z') },
  );

describe('the books in a file', () => {
  it('a reader sees the books beside the writer and after it, and writes nothing', async () => {
    const engine = openSqlite(dataDir);
    await subscribe(engine, 'ada');
    using reader = readSqlite(dataDir);
    expect((await scanBooks(reader)).entries).toHaveLength(1);
    await subscribe(engine, 'bob');
    expect((await scanBooks(reader)).entries).toHaveLength(2);
    const put = new PutCommand({ TableName: 'connections', Item: { memberId: 'a', otherId: 'b' } });
    await expect(reader.client.send(put)).rejects.toThrow('readonly');
    await engine.stop();
    using later = readSqlite(dataDir);
    expect((await scanBooks(later)).entries).toHaveLength(2);
  });

  it('a commit is in the file for other processes when it returns, by a write-ahead log', async () => {
    const engine = openSqlite(dataDir);
    await subscribe(engine, 'ada');
    const beside = new DatabaseSync(file, { readOnly: true });
    expect(beside.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(beside.prepare('SELECT count(*) AS "count" FROM "ledger"').get()).toEqual({ count: 1 });
    beside.close();
    expect(statSync(file).size).toBeGreaterThan(0);
    await engine.stop();
  });

  it('the tables have their key columns, and each item as JSON', async () => {
    const engine = openSqlite(dataDir);
    await subscribe(engine, 'ada');
    await engine.stop();
    const database = new DatabaseSync(file);
    const row = database.prepare('SELECT "walletId", "seq", "item" FROM "ledger"').get();
    expect(row).toMatchObject({ walletId: 'ada#premium', seq: 1 });
    expect(JSON.parse(String(row?.item))).toMatchObject({ type: 'subscribed', balance: 5 });
    expect(database.prepare('SELECT "renewalDay" FROM "subscriptions"').get()).toEqual({ renewalDay: 31 });
    database.close();
  });

  it.each([
    ['another index', 'CREATE INDEX "other" ON "ledger" ("seq")'],
    ['another table', 'CREATE TABLE "other" ("key" TEXT)'],
    ['a table less', 'DROP TABLE "connections"'],
  ])('a file with %s is of another version, and is refused', async (_, change) => {
    await openSqlite(dataDir).stop();
    const database = new DatabaseSync(file);
    database.exec(change);
    database.close();
    expect(() => openSqlite(dataDir)).toThrow(`the tables in ${file} were made by another version`);
  });

  it('a transaction that fails half way leaves nothing of itself, and is repeated like a busy one', async () => {
    const engine = openSqlite(dataDir);
    const { client } = engine;
    const database = new DatabaseSync(file);
    database.exec(`CREATE TRIGGER "full" BEFORE INSERT ON "changes" BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    const failure: Error = await subscribe(engine, 'ada').then(
      () => new Error('it was written'),
      (error) => error,
    );
    expect(failure).toBeInstanceOf(BusyError);
    expect(String(failure.cause)).toContain('disk full');
    database.exec('DROP TRIGGER "full"');
    database.close();
    expect(await scanBooks({ client, tables: engine.tables })).toEqual({ entries: [], inmails: [] });
    await subscribe(engine, 'ada');
    await engine.stop();
  });

  it('a disk that is full leaves the books as they were, and a later write finds room again', async () => {
    const engine = openSqlite(dataDir);
    await subscribe(engine, 'ada');
    const before = await scanBooks(engine);
    const limit = new DatabaseSync(file);
    const pages = limit.prepare('PRAGMA page_count').get()?.page_count;
    limit.close();
    await engine.stop();

    const full = new SqliteDatabase(TABLE_DEFINITIONS, { path: file, keepsChanges: true });
    full.file.run(`PRAGMA max_page_count = ${pages}`);
    const database = { client: sqliteClient(full), tables: engine.tables };
    const text = 'x'.repeat(200_000);
    const put = new PutCommand({ TableName: 'inmails', Item: { senderId: 'a', recipientN: 'b#1', text } });
    await expect(database.client.send(put)).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(await scanBooks(database)).toEqual(before);
    full.file.run('PRAGMA max_page_count = 1000000');
    await database.client.send(put);
    expect((await scanBooks(database)).inmails).toHaveLength(1);
    full.close();
  });
});
