/** The ledger's entries by wallet, with only the fields that tell renewals. */
import { RENEWAL_FACTS, type RenewalFacts } from '../../shared/domain/completeness.ts';
import { scanPages } from '../../shared/store/books.ts';
import { type Database, type Item, queryPage } from '../../shared/store/database.ts';

/** One part of a scan that is read in `segments` parts at once. */
export type Segment = { readonly segment: number; readonly segments: number };

/** Names need placeholders, because `at`, `type` and `plan` are DynamoDB's words. */
const PROJECTION = {
  ProjectionExpression: RENEWAL_FACTS.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(RENEWAL_FACTS.map((name) => [`#${name}`, name])),
};

/** Half the price of a strongly consistent scan. An apparent fault is read again, strongly consistent. */
const CHEAP = { ConsistentRead: false };

/**
 * Runs of entries of one wallet, as a scan comes upon them. DynamoDB stores the items of a partition key together, in
 * order of their sort key, so a run is a whole ledger. But DynamoDB promises neither that a scan returns them so, nor that
 * no ledger is divided between two segments. So a reader must look whether a run begins at 1, and whether it ends too soon.
 */
export async function* runsInLedger(database: Database, { segment, segments }: Segment) {
  const part = { TableName: database.tables.ledger, Segment: segment, TotalSegments: segments };
  let run: RenewalFacts[] = [];
  for await (const page of scanPages(database, { ...part, ...PROJECTION, ...CHEAP })) {
    for (const entry of page as unknown as readonly RenewalFacts[]) {
      if (run[0] && run[0].walletId !== entry.walletId) {
        yield run;
        run = [];
      }
      run.push(entry);
    }
  }
  if (run[0]) yield run;
}

/** The whole ledger of one wallet, in order of seq. It is read without a bound, because the books of a wallet fit in memory. */
export async function readLedger(database: Database, walletId: string): Promise<readonly RenewalFacts[]> {
  const { ProjectionExpression, ExpressionAttributeNames } = PROJECTION;
  const entries: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const { items, lastKey } = await queryPage(database, {
      TableName: database.tables.ledger,
      KeyConditionExpression: '#walletId = :wallet',
      ExpressionAttributeValues: { ':wallet': walletId },
      ProjectionExpression,
      ExpressionAttributeNames,
      ConsistentRead: true,
      ExclusiveStartKey,
    });
    entries.push(...items);
    ExclusiveStartKey = lastKey;
  } while (ExclusiveStartKey);
  return entries as unknown as RenewalFacts[];
}
