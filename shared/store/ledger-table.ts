/**
 * Table `ledger`, with the key `walletId`, `seq`. Its items are the entries as they are. None is ever changed or
 * removed (I9).
 */
import type { ChangeOf } from '../domain/change.ts';
import type { Entry } from '../domain/ledger.ts';
import { type Database, getItem, getItems, queryPage } from './database.ts';
import type { Store } from './store.ts';

/** DynamoDB may leave part of a batch for later. 5 rounds are far more than a healthy table needs. */
const MAX_BATCH_ROUNDS = 5;

/** DynamoDB lets exactly one of two writers have a seq. A wallet needs no other lock. */
export const appendEntry = ({ entry }: ChangeOf<'append-entry'>, TableName: string) => ({
  Put: { TableName, Item: entry, ConditionExpression: 'attribute_not_exists(walletId)' },
});

export function ledgerTable(database: Database): Store['ledger'] {
  const TableName = database.tables.ledger;
  const newestFirst: Store['ledger']['newestFirst'] = async (walletId, { fromSeq, limit }) => {
    const { items } = await queryPage(database, {
      TableName,
      KeyConditionExpression: fromSeq === undefined ? 'walletId = :wallet' : 'walletId = :wallet AND seq <= :from',
      ExpressionAttributeValues: { ':wallet': walletId, ':from': fromSeq },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    });
    return items as unknown as Entry[];
  };
  return {
    newestFirst,
    tail: async (walletId) => (await newestFirst(walletId, { limit: 1 }))[0],
    entry: async (walletId, seq) =>
      (await getItem(database, { TableName, Key: { walletId, seq } })) as Entry | undefined,
    async entries(walletId, seqs) {
      const keys = seqs.map((seq) => ({ walletId, seq }));
      const found = await getItems(database, { TableName, keys, maxRounds: MAX_BATCH_ROUNDS });
      const bySeq = new Map(found.map((entry) => [entry.seq, entry as unknown as Entry]));
      return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
    },
  };
}
