/** Records of the streams, as Lambda hands them to the publisher. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { InMail } from '../../shared/domain/inmail.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { dueKey, inmailKey } from '../../shared/store/keys.ts';

type Item = Readonly<Record<string, unknown>>;
type Images = { readonly keys: Item; readonly before?: Item | undefined; readonly after?: Item | undefined };

let records = 0;

export function recordOf({ keys, before, after }: Images): DynamoDBRecord {
  records += 1;
  const image = (item: Item | undefined) => item && marshall(item, { removeUndefinedValues: true });
  const changed = before ? 'MODIFY' : 'INSERT';
  return {
    eventID: `event-${records}`,
    eventName: after ? changed : 'REMOVE',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: 1_706_713_200,
      SequenceNumber: String(records).padStart(21, '0'),
      Keys: image(keys),
      ...(before && { OldImage: image(before) }),
      ...(after && { NewImage: image(after) }),
    },
  } as DynamoDBRecord;
}

export const appended = (entry: Entry): DynamoDBRecord =>
  recordOf({ keys: { walletId: entry.walletId, seq: entry.seq }, after: entry });

/** An InMail as the table keeps it. */
const itemOf = (inmail: InMail): Item => ({
  ...inmail,
  ...inmailKey(inmail),
  ...(inmail.status === 'pending' && dueKey(inmail.inmailId)),
});

/** An InMail that was created or, with `before`, changed. */
export const inmailRecord = (after: InMail, before?: InMail): DynamoDBRecord =>
  recordOf({ keys: inmailKey(after), before: before && itemOf(before), after: itemOf(after) });

export const sequenceNumberOf = (record: DynamoDBRecord | undefined): string => record?.dynamodb?.SequenceNumber ?? '';

/** A record with one of our keys and an unreadable image. */
export const unreadable = (): DynamoDBRecord =>
  recordOf({ keys: { walletId: 'ada#premium', seq: 7 }, after: { walletId: 'ada#premium', seq: 7, type: 'adjusted' } });
