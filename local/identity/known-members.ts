/** Members whom the books know, for the picker. */
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TableNames } from '../../shared/store/database.ts';

/** As many as one looks through; all others can be typed. */
const MOST = 40;
/** A page is 1 MB, some 10,000 subscriptions. */
const MAX_PAGES = 10;

/** Those with a subscription, now or once, by name. */
export async function knownMembers(client: DynamoDBDocumentClient, tables: TableNames): Promise<string[]> {
  const found = new Set<string>();
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await client.send(
      new ScanCommand({ TableName: tables.subscriptions, ProjectionExpression: 'memberId', ExclusiveStartKey }),
    );
    for (const { memberId } of answer.Items ?? []) found.add(String(memberId));
    ExclusiveStartKey = answer.LastEvaluatedKey;
    if (!ExclusiveStartKey) break;
  }
  return [...found].sort().slice(0, MOST);
}
