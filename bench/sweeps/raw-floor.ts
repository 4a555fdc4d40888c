/** The least that a renewal can cost: the worker's query and its put, straight through the SDK, and nothing else. */
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Entry } from '../../shared/domain/ledger.ts';

/** As many as the worker has in progress. */
const AT_ONCE = 16;

/** `renewals` are made ahead, so that neither the rules nor the hash is part of the floor. */
export async function writeRaw(
  client: DynamoDBDocumentClient,
  TableName: string,
  renewals: readonly Entry[],
): Promise<void> {
  const left = renewals.values();
  const lane = async () => {
    for (const entry of left) {
      await client.send(queryOf(TableName, entry.walletId));
      await client.send(
        new PutCommand({ TableName, Item: entry, ConditionExpression: 'attribute_not_exists(walletId)' }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const queryOf = (TableName: string, walletId: string): QueryCommand =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'walletId = :wallet',
    ExpressionAttributeValues: { ':wallet': walletId },
    ScanIndexForward: false,
    Limit: 1,
    ConsistentRead: true,
  });
