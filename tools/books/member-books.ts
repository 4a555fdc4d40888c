/** The books of one member: the wallets, and the InMails that they paid for. */
import type { Books } from '../../shared/domain/books.ts';
import { type Entry, walletIdOf } from '../../shared/domain/ledger.ts';
import { PRODUCTS } from '../../shared/domain/plans.ts';
import { type Database, type Item, queryPage } from '../../shared/store/database.ts';
import { inmailOf } from '../../shared/store/inmails-table.ts';

/** Strongly consistent, table by table. A write between the two reads shows as half of it. */
export async function readMemberBooks(database: Database, memberId: string): Promise<Books> {
  const { ledger, inmails } = database.tables;
  const ledgers = PRODUCTS.map((product) => queryAll(database, ledger, 'walletId', walletIdOf(memberId, product)));
  const entries = (await Promise.all(ledgers)).flat();
  const sent = await queryAll(database, inmails, 'senderId', memberId);
  return { entries: entries as unknown as Entry[], inmails: sent.map(inmailOf) };
}

/** All items of a partition, without a bound, because the books of a member fit in memory. */
async function queryAll(database: Database, TableName: string, key: string, value: string): Promise<Item[]> {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const { items, lastKey } = await queryPage(database, {
      TableName,
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':value': value },
      ConsistentRead: true,
      ExclusiveStartKey,
    });
    found.push(...items);
    ExclusiveStartKey = lastKey;
  } while (ExclusiveStartKey);
  return found;
}
