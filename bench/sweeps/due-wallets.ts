/** Wallets with one renewal due, made by the rules themselves. The benchmark fills its tables with them. */
import { BatchWriteCommand, type BatchWriteCommandInput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import type { Change } from '../../shared/domain/change.ts';
import { instant } from '../../shared/domain/instant.ts';
import { type Entry, seal, walletIdOf } from '../../shared/domain/ledger.ts';
import { planNamed, RULES } from '../../shared/domain/rules.ts';
import { decideSubscription } from '../../shared/domain/subscribing.ts';
import { walletAt } from '../../shared/domain/wallet.ts';
import type { TableNames } from '../../shared/store/database.ts';
import type { WalletKey } from '../../shared/store/store.ts';
import { type WriteItem, writeItemOf } from '../../shared/store/transaction.ts';

/** The 1st of a month, when the sweep runs. Every wallet signed up in the month before. */
export const NOW = instant('2026-12-01T00:05:00Z');
const SIGNED_UP_AT = instant('2026-11-20T08:00:00Z');
const PLAN = planNamed('sales-navigator-core', RULES);

export const keyOf = (index: number): WalletKey => ({
  memberId: `member-${String(index).padStart(9, '0')}`,
  product: PLAN.product,
});

export const walletIdAt = ({ memberId, product }: WalletKey): string => walletIdOf(memberId, product);

/** Subscribing writes these (R1): the first entry, and the row by which the sweep finds the wallet. */
export function changesOf(key: WalletKey): readonly Change[] {
  const decision = decideSubscription(walletAt(walletIdAt(key), undefined, SIGNED_UP_AT, RULES), PLAN);
  if (decision.kind === 'unchanged') throw new Error(`${key.memberId} has a subscription already`);
  return decision.changes;
}

export function firstEntryOf(key: WalletKey): Entry {
  const [entry] = changesOf(key).flatMap((change) => (change.kind === 'append-entry' ? [change.entry] : []));
  if (!entry) throw new Error(`subscribing wrote nothing for ${key.memberId}`);
  return entry;
}

/** The entry that the sweep should write. */
export function renewalOf(key: WalletKey): Entry {
  const tail = firstEntryOf(key);
  const [entry, ...others] = seal(tail, walletAt(walletIdAt(key), tail, NOW, RULES).due);
  if (!entry || others.length > 0) throw new Error(`not one renewal is due for ${key.memberId}, but ${others.length}`);
  return entry;
}

/** DynamoDB's limit on one BatchWriteItem. */
const MAX_ITEMS = 25;
const REQUESTS_AT_ONCE = 8;

export async function fill(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  keys: readonly WalletKey[],
  onWritten: (items: number) => void,
): Promise<void> {
  const items = keys.flatMap((key) => changesOf(key).map((change) => writeItemOf(change, tables)));
  const batches = Array.from({ length: Math.ceil(items.length / MAX_ITEMS) }, (_, batch) =>
    items.slice(batch * MAX_ITEMS, (batch + 1) * MAX_ITEMS),
  );
  const write = async (batch: readonly WriteItem[]) => {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: requestsOf(batch) }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('DynamoDB Local left items out');
    onWritten(batch.length);
  };
  await pMap(batches, write, { concurrency: REQUESTS_AT_ONCE });
}

function requestsOf(batch: readonly WriteItem[]): NonNullable<BatchWriteCommandInput['RequestItems']> {
  const puts = batch.flatMap(({ Put }) => (Put ? [Put] : []));
  const byTable = Object.groupBy(puts, ({ TableName = '' }) => TableName);
  return Object.fromEntries(
    Object.entries(byTable).map(([table, some = []]) => [table, some.map(({ Item }) => ({ PutRequest: { Item } }))]),
  );
}
