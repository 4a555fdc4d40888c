/** Reads the future work of the sweeps from the two sparse indexes. */
import type { Instant } from '../../shared/domain/instant.ts';
import { scanPages } from '../../shared/store/books.ts';
import type { Database, Item } from '../../shared/store/database.ts';
import type { Awaited } from '../../shared/sweeps/listings.ts';

/** A page of results is 1 MB, some 10,000 keys. Ten million InMails are too many for one machine. */
const MAX_PAGES = 1_000;

/** A scan is right only here, because one machine has little to read and the scan costs nothing. */
export async function readAwaited(database: Database): Promise<Awaited> {
  const [subscriptions, inmails] = await Promise.all([
    scan(database, {
      TableName: database.tables.subscriptions,
      IndexName: 'renewals',
      ProjectionExpression: 'renewalDay',
    }),
    scan(database, { TableName: database.tables.inmails, IndexName: 'due', ProjectionExpression: 'sentAt' }),
  ]);
  return {
    renewalDays: new Set(subscriptions.map(({ renewalDay }) => renewalDay as number)),
    sentAts: inmails.map(({ sentAt }) => sentAt as Instant),
  };
}

type Scan = { readonly TableName: string; readonly IndexName: string; readonly ProjectionExpression: string };

async function scan(database: Database, input: Scan): Promise<Item[]> {
  const items: Item[] = [];
  let pages = 0;
  // DynamoDB has no strongly consistent read of an index.
  for await (const page of scanPages(database, { ...input, ConsistentRead: false })) {
    pages += 1;
    if (pages > MAX_PAGES)
      throw new RangeError(`${input.TableName}/${input.IndexName} holds more than ${MAX_PAGES} pages`);
    items.push(...page);
  }
  return items;
}
