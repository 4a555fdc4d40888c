/**
 * Table `inmails`, with the key `senderId`, `recipientN` (recipient#n). A pair's InMails stand together, so the last
 * one is one read away. Index `inbox` has `recipientId`, `sentAt`. Sparse index `due` has `shard`, `sentAt`, and an
 * InMail leaves it once it is answered or expired.
 */
import type { ChangeOf } from '../domain/change.ts';
import { type InMail, type InMailParts, inmailIdOf } from '../domain/inmail.ts';
import { type Database, getItem, getItems, type Item, type QueryResult, queryPage } from './database.ts';
import { dueKey, type InMailTableKey, inmailKey, pairPrefix, partsOfInMailKey } from './keys.ts';
import type { InMailKey, Page, Store } from './store.ts';

/** The pair lock (R9): `n` follows an answered InMail, and only one writer can have it. */
export const createInMail = ({ inmail }: ChangeOf<'create-inmail'>, TableName: string) => ({
  Put: {
    TableName,
    Item: { ...inmail, ...inmailKey(inmail), ...dueKey(inmail.inmailId) },
    ConditionExpression: 'attribute_not_exists(senderId)',
  },
});

export function recordResponse({ inmail }: ChangeOf<'record-response'>, TableName: string) {
  const { status, response, credit, creditReason } = inmail;
  const reason = creditReason ? ', creditReason = :reason' : '';
  return {
    Update: {
      TableName,
      Key: inmailKey(inmail),
      UpdateExpression: `SET #status = :status, #response = :response, credit = :credit${reason} REMOVE #shard`,
      ConditionExpression: 'attribute_exists(senderId) AND attribute_not_exists(#response)',
      ExpressionAttributeNames: { '#status': 'status', '#response': 'response', '#shard': 'shard' },
      ExpressionAttributeValues: {
        ':status': status,
        ':response': response,
        ':credit': credit,
        ':reason': creditReason,
      },
    },
  };
}

/** The condition compares the InMail's own `sentAt`, because a queue may be wrong about it. */
export const recordReminder = (change: ChangeOf<'record-reminder'>, TableName: string) => ({
  Update: {
    TableName,
    Key: inmailKey(change),
    UpdateExpression: 'SET remindedAt = :at',
    ConditionExpression:
      '#status = :pending AND sentAt = :sent AND attribute_not_exists(remindedAt) AND attribute_not_exists(hiddenByRecipient)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':at': change.remindedAt, ':pending': 'pending', ':sent': change.sentAt },
  },
});

/** Judged by the InMail's own `sentAt`, like a reminder. */
export const recordExpiry = (change: ChangeOf<'record-expiry'>, TableName: string) => ({
  Update: {
    TableName,
    Key: inmailKey(change),
    UpdateExpression: 'SET #status = :expired REMOVE #shard',
    ConditionExpression: '#status = :pending AND sentAt = :sent',
    ExpressionAttributeNames: { '#status': 'status', '#shard': 'shard' },
    ExpressionAttributeValues: { ':expired': 'expired', ':pending': 'pending', ':sent': change.sentAt },
  },
});

export const hideInMail = (change: ChangeOf<'hide-inmail'>, TableName: string) => ({
  Update: {
    TableName,
    Key: inmailKey(change),
    UpdateExpression: 'SET #hidden = :true',
    ConditionExpression: 'attribute_exists(senderId)',
    ExpressionAttributeNames: { '#hidden': change.from === 'sender' ? 'hiddenBySender' : 'hiddenByRecipient' },
    ExpressionAttributeValues: { ':true': true },
  },
});

export const inmailOf = ({ recipientN: _n, shard: _shard, ...inmail }: Item) => inmail as unknown as InMail;

const keyOf = (item: Item): InMailKey => ({
  ...partsOfInMailKey(item as InMailTableKey),
  sentAt: item.sentAt as InMailKey['sentAt'],
});

/**
 * A filter may leave a page short or empty although it is not the last. The next one begins where the reading ended.
 */
const pageOf = ({ items, lastKey }: QueryResult): Page<InMailKey> => ({
  keys: items.map(keyOf),
  ...(lastKey && { next: keyOf(lastKey) }),
});

/** The start key of an index query holds the index's own keys and the table's. */
const startAfter = (own: Item, after: InMailKey | undefined) =>
  after && { ...own, sentAt: after.sentAt, ...inmailKey(after) };

/** The pair's InMails, newest first. */
const pairQuery = (TableName: string, senderId: string, recipientId: string) => ({
  TableName,
  KeyConditionExpression: 'senderId = :sender AND begins_with(recipientN, :pair)',
  ExpressionAttributeValues: { ':sender': senderId, ':pair': pairPrefix(recipientId) },
  ScanIndexForward: false,
  ConsistentRead: true,
});

/** 100 pages of 1 MB hold some 50,000 InMails of one pair, more than two people exchange in a lifetime. */
const MAX_PAIR_PAGES = 100;

export function inmailsTable(database: Database): Store['inmails'] {
  const TableName = database.tables.inmails;
  return {
    async get(parts) {
      const item = await getItem(database, { TableName, Key: inmailKey(parts) });
      return item && inmailOf(item);
    },
    getAll: (wanted) => getAll(database, wanted),
    async last(senderId, recipientId) {
      const { items } = await queryPage(database, { ...pairQuery(TableName, senderId, recipientId), Limit: 1 });
      return items[0] && inmailOf(items[0]);
    },
    async withKey(senderId, recipientId, idempotencyKey) {
      const query = pairQuery(TableName, senderId, recipientId);
      let ExclusiveStartKey: Item | undefined;
      for (let page = 0; page < MAX_PAIR_PAGES; page += 1) {
        const { items, lastKey } = await queryPage(database, {
          ...query,
          FilterExpression: 'idempotencyKey = :key',
          ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':key': idempotencyKey },
          ExclusiveStartKey,
        });
        if (items[0] || !lastKey) return items[0] && inmailOf(items[0]);
        ExclusiveStartKey = lastKey;
      }
      throw new RangeError(`${senderId} and ${recipientId} have more InMails than a search may read`);
    },
    async hasSent(senderId) {
      const { items } = await queryPage(database, {
        TableName,
        KeyConditionExpression: 'senderId = :sender',
        ExpressionAttributeValues: { ':sender': senderId },
        Limit: 1,
        ConsistentRead: true,
      });
      return items.length > 0;
    },
    async inbox(recipientId, { limit, after }) {
      const page = await queryPage(database, {
        TableName,
        IndexName: 'inbox',
        KeyConditionExpression: 'recipientId = :recipient',
        ExpressionAttributeValues: { ':recipient': recipientId },
        ScanIndexForward: false,
        ExclusiveStartKey: startAfter({ recipientId }, after),
        Limit: limit,
      });
      return pageOf(page);
    },
    async due({ shard, from, to, toRemind }, { limit, after }) {
      const page = await queryPage(database, {
        TableName,
        IndexName: 'due',
        KeyConditionExpression: '#shard = :shard AND sentAt BETWEEN :from AND :to',
        ...(toRemind && {
          FilterExpression: 'attribute_not_exists(remindedAt) AND attribute_not_exists(hiddenByRecipient)',
        }),
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': shard, ':from': from, ':to': to },
        ExclusiveStartKey: startAfter({ shard }, after),
        Limit: limit,
      });
      return pageOf(page);
    },
  };
}

/** DynamoDB may leave part of a batch for later. 5 rounds are far more than a healthy table needs. */
const MAX_BATCH_ROUNDS = 5;

async function getAll(database: Database, wanted: readonly InMailParts[]): Promise<InMail[]> {
  const TableName = database.tables.inmails;
  const keys = new Map(wanted.map((parts) => [inmailIdOf(parts), inmailKey(parts)]));
  const items = await getItems(database, { TableName, keys: [...keys.values()], maxRounds: MAX_BATCH_ROUNDS });
  const found = new Map(items.map((item) => [item.inmailId, inmailOf(item)]));
  return wanted.flatMap((parts) => found.get(inmailIdOf(parts)) ?? []);
}
