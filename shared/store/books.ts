/**
 * All the books at once, for audits, statements and reports of the whole system. It is a full scan, so no request uses
 * it.
 */
import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Books } from '../domain/books.ts';
import type { Entry } from '../domain/ledger.ts';
import { attempt, type Database, type Item, named } from './database.ts';
import { inmailOf } from './inmails-table.ts';

/** Each page of results is strongly consistent. While books are written to, they may show one half of a transaction. */
export async function scanBooks(database: Database): Promise<Books> {
  const [entries, inmails] = await Promise.all([
    scanAll(database, database.tables.ledger),
    scanAll(database, database.tables.inmails),
  ]);
  return { entries: entries as unknown as Entry[], inmails: inmails.map(inmailOf) };
}

async function scanAll(database: Database, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of scanPages(database, { TableName })) items.push(...page);
  return items;
}

/** Holds one page of 1 MB in memory at a time. The pages have no bound, because a table ends where it ends. */
export async function* scanPages(database: Database, input: ScanCommandInput): AsyncGenerator<readonly Item[]> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const command = new ScanCommand({ ConsistentRead: true, ...input, ExclusiveStartKey });
    const page = await attempt(database, named('Scan', input), (options) => database.client.send(command, options));
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
