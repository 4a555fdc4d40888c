/** Stands for Lambda's event source mapping of a stream, as `infra/service/events.ts` sets it up. */
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

export type Publish = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** A record that fails this often after its first try is given up, as on AWS. The records behind it go on. */
const RETRIES = 5;

/** Invokes the function with the records, and again with those that it reports as failed. */
export async function deliver(records: readonly DynamoDBRecord[], publish: Publish): Promise<void> {
  let rest = records;
  let failures = 0;
  while (rest.length > 0) {
    const done = await countDone(rest, publish);
    if (done > 0) {
      rest = rest.slice(done);
      failures = 0;
    } else if (failures < RETRIES) {
      failures += 1;
    } else {
      console.error(`events: gave up the record of ${JSON.stringify(rest[0]?.dynamodb?.Keys)}`);
      rest = rest.slice(1);
      failures = 0;
    }
  }
}

/** Counts the records before the first one that failed. It is 0 if the function throws. */
async function countDone(records: readonly DynamoDBRecord[], publish: Publish): Promise<number> {
  try {
    const { batchItemFailures } = await publish({ Records: [...records] });
    const [failed] = batchItemFailures;
    if (!failed) return records.length;
    return records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed.itemIdentifier);
  } catch {
    return 0;
  }
}

/** Lambda passes a record on with its stream, and with its time in seconds. */
export function lambdaRecord({ dynamodb, ...record }: StreamRecord, eventSourceARN: string): DynamoDBRecord {
  const createdAt = dynamodb?.ApproximateCreationDateTime;
  const at = createdAt && { ApproximateCreationDateTime: Math.floor(createdAt.getTime() / 1_000) };
  return { ...record, dynamodb: { ...dynamodb, ...at }, eventSourceARN } as DynamoDBRecord;
}
