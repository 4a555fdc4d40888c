/** The subscriptions' table as the report reads it: a hundred rows by their keys, or all the active ones. */
import type { SubscriptionFacts } from '../../shared/domain/completeness.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { partsOfWalletId, walletIdOf } from '../../shared/domain/ledger.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { scanPages } from '../../shared/store/books.ts';
import { type Database, getItems } from '../../shared/store/database.ts';

export type SubscriptionRow = SubscriptionFacts & {
  readonly memberId: string;
  readonly product: Product;
  readonly signedUpAt: Instant;
};

export type SubscriptionRows = ReadonlyMap<string, SubscriptionRow>;

/** DynamoDB's limit on the keys of a BatchGetItem. */
export const MAX_ROWS = 100;
/** DynamoDB may leave part of a batch for later. 10 rounds, each with the SDK's own retries, outlast a throttled table. */
const MAX_ROUNDS = 10;

/** The rows that exist of up to 100 wallets, by wallet, strongly consistent. */
export async function readRows(database: Database, walletIds: readonly string[]): Promise<SubscriptionRows> {
  const TableName = database.tables.subscriptions;
  const keys = [...new Set(walletIds)].map(partsOfWalletId);
  const rows = (await getItems(database, { TableName, keys, maxRounds: MAX_ROUNDS })) as SubscriptionRow[];
  return new Map(rows.map((row) => [walletIdOf(row.memberId, row.product), row]));
}

/** Whether the report counts a row. A subscription that began after the report's instant does not count. */
export const isCounted = (row: SubscriptionRow | undefined, until: Instant): boolean =>
  row?.status === 'active' && row.signedUpAt <= until;

/** Pages of the wallets that count. Eventually consistent, because a wallet that seems at odds is looked up again. */
export async function* countedWallets(database: Database, until: Instant): AsyncGenerator<string[]> {
  const pages = scanPages(database, {
    TableName: database.tables.subscriptions,
    FilterExpression: '#status = :active AND signedUpAt <= :until',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':active': 'active', ':until': until },
    ProjectionExpression: 'memberId, product',
    ConsistentRead: false,
  });
  for await (const page of pages) {
    yield (page as readonly SubscriptionRow[]).map(({ memberId, product }) => walletIdOf(memberId, product));
  }
}
