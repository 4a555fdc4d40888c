/** Finds the members in the books, for the picker. */
import { scanPages } from '../../shared/store/books.ts';
import type { Database } from '../../shared/store/database.ts';

/** A person can look through this many. All other ids can be typed. */
const MOST = 40;
/** A page of results is 1 MB, some 10,000 subscriptions. */
const MAX_PAGES = 10;

/** Members with a present or past subscription, sorted by id. */
export async function knownMembers(database: Database): Promise<string[]> {
  const found = new Set<string>();
  let pages = 0;
  const input = { TableName: database.tables.subscriptions, ProjectionExpression: 'memberId', ConsistentRead: false };
  for await (const page of scanPages(database, input)) {
    for (const { memberId } of page) found.add(String(memberId));
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  return [...found].sort().slice(0, MOST);
}
