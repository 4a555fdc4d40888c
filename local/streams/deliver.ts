/** What Lambda's event source mapping does with the records of a stream, as `infra/events.ts` sets it up. */
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

export type Publish = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** As on AWS: a record that fails this often after its first time is given up, and those behind it go on. */
const RETRIES = 5;

/** Invokes the function with the records, and with those it reports as failed again. */
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
      console.error(`events: given up on the record of ${JSON.stringify(rest[0]?.dynamodb?.Keys)}`);
      rest = rest.slice(1);
      failures = 0;
    }
  }
}

/** How many records, from the first on, are done with. Of a function that throws, none. */
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

/** The record as Lambda hands it on: with its stream, and its time in seconds. */
export function lambdaRecord({ dynamodb, ...record }: StreamRecord, eventSourceARN: string): DynamoDBRecord {
  const createdAt = dynamodb?.ApproximateCreationDateTime;
  const at = createdAt && { ApproximateCreationDateTime: Math.floor(createdAt.getTime() / 1_000) };
  return { ...record, dynamodb: { ...dynamodb, ...at }, eventSourceARN } as DynamoDBRecord;
}
