/**
 * The changes of the tables with a stream, in the order of their commits. Each is written in the transaction of its change, and
 * stays until it is settled. So after a crash the events of every change are still to be told.
 */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../../shared/store/database.ts';
import { sizeOf } from './item.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { keyIn, type Table } from './tables.ts';

/** AUTOINCREMENT never gives a number twice, not even after the last change was settled. */
export const CHANGES_STATEMENT =
  'CREATE TABLE "changes" ("sequence" INTEGER PRIMARY KEY AUTOINCREMENT, "tableName" TEXT NOT NULL, "at" INTEGER NOT NULL, "before" TEXT, "after" TEXT)';

export type Change = { readonly table: Table; readonly before: Item | undefined; readonly after: Item | undefined };

/** `sequence` settles this change and all before it. */
export type LoggedRecord = { readonly sequence: number; readonly tableName: string; readonly record: DynamoDBRecord };

type Row = {
  readonly sequence: number;
  readonly tableName: string;
  readonly at: number;
  readonly before: string | null;
  readonly after: string | null;
};

export class ChangeLog {
  readonly #file: SqliteFile;
  readonly #tables: ReadonlyMap<string, Table>;
  /** Whether there are changes that `oldest` has not looked at. */
  #hasNews = false;
  #onNews = () => {};

  constructor(file: SqliteFile, tables: ReadonlyMap<string, Table>) {
    this.#file = file;
    this.#tables = tables;
  }

  /** Must be called within the transaction of the change. A table without a stream has no log. */
  append({ table, before, after }: Change): void {
    if (!table.stream) return;
    this.#file.run('INSERT INTO "changes" ("tableName", "at", "before", "after") VALUES (?, ?, ?, ?)', [
      table.name,
      Date.now(),
      before ? JSON.stringify(before) : null,
      after ? JSON.stringify(after) : null,
    ]);
  }

  /** Wakes the reader. */
  committed(): void {
    this.#hasNews = true;
    this.#onNews();
  }

  /** The oldest changes that are not settled, as records of their tables' streams. */
  oldest(limit: number): LoggedRecord[] {
    this.#hasNews = false;
    const rows = this.#file.all<Row>('SELECT * FROM "changes" ORDER BY "sequence" LIMIT ?', [limit]);
    return rows.map((row) => ({ sequence: row.sequence, tableName: row.tableName, record: this.#recordOf(row) }));
  }

  /** Forgets the change with that number and all before it. A power failure may bring them back, and they are told again. */
  settle(sequence: number): void {
    this.#file.runLoosely('DELETE FROM "changes" WHERE "sequence" <= ?', [sequence]);
  }

  /** Resolves when there are changes that `oldest` has not looked at, or when the signal ends the wait. */
  async news(signal: AbortSignal): Promise<void> {
    if (this.#hasNews || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = () => resolve();
    this.#onNews = resolve;
    signal.addEventListener('abort', stop, { once: true });
    await promise;
    signal.removeEventListener('abort', stop);
  }

  /** As Lambda gets it from the stream (docs.aws.amazon.com: API_streams_Record). */
  #recordOf({ sequence, tableName, at, before, after }: Row): DynamoDBRecord {
    const table = this.#tables.get(tableName);
    if (!table) throw new Error(`a change of an unknown table ${tableName}`);
    const [old, present] = [imageOf(before), imageOf(after)];
    const images = {
      ...(present && { NewImage: marshall(present) }),
      ...(old && table.stream === 'NEW_AND_OLD_IMAGES' && { OldImage: marshall(old) }),
    };
    const keys = keyIn(table, present ?? old ?? {});
    const record = {
      eventID: String(sequence),
      eventName: old ? (present ? 'MODIFY' : 'REMOVE') : 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'local',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at / 1_000),
        Keys: marshall(keys),
        ...images,
        SequenceNumber: String(sequence).padStart(SEQUENCE_DIGITS, '0'),
        SizeBytes: sizeOf(keys) + (present ? sizeOf(present) : 0) + ('OldImage' in images && old ? sizeOf(old) : 0),
        StreamViewType: table.stream,
      },
      eventSourceARN: `arn:aws:dynamodb:local:000000000000:table/${tableName}/stream/local`,
    };
    return record as DynamoDBRecord;
  }
}

/** DynamoDB's numbers have at least 21 digits. */
const SEQUENCE_DIGITS = 21;

const imageOf = (text: string | null): Item | undefined => (text === null ? undefined : JSON.parse(text));
