/**
 * A record of a table's stream as events. It reads the images, translates them, and checks each event by its schema.
 */
import { type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type DomainEvent, domainEvent } from '../contract/events.ts';
import type { Entry } from '../domain/ledger.ts';
import type { Rules } from '../domain/rules.ts';
import { inmailOf } from '../store/inmails-table.ts';
import { eventsOfEntry } from './from-entry.ts';
import { eventsOfInMail } from './from-inmail.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/**
 * Empty for a record that is no news: a removal, an item of another table, a change that enters no state. Throws for an
 * image of ours that it cannot understand, because only waiting consumers would notice the missing event.
 */
export function eventsOfRecord({ dynamodb }: DynamoDBRecord, rules: Rules): DomainEvent[] {
  const { Keys = {}, OldImage, NewImage } = dynamodb ?? {};
  if (!NewImage) return [];
  return translate(Keys, OldImage, NewImage, rules).map((event) => domainEvent.parse(event));
}

function translate(keys: NonNullable<Image>, before: Image, after: NonNullable<Image>, rules: Rules): DomainEvent[] {
  if ('walletId' in keys && 'seq' in keys) return before ? [] : eventsOfEntry(read(after) as Entry, rules);
  if ('senderId' in keys && 'recipientN' in keys) {
    return eventsOfInMail(before && inmailOf(read(before)), inmailOf(read(after)), rules);
  }
  return [];
}

/** Lambda's type of an attribute and the SDK's differ only for binary data, and we have none. */
const read = (image: NonNullable<Image>): Record<string, NativeAttributeValue> =>
  unmarshall(image as Parameters<typeof unmarshall>[0]);
