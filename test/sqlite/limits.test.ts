/** DynamoDB's limits on this engine, each at the limit and one beyond it. */
import { BatchGetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_ITEM_BYTES, sizeOf } from '../../local/sqlite/item.ts';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import type { Database } from '../../shared/store/database.ts';

const TableName = 'connections';
const keyOf = (n: number) => ({ memberId: 'ada', otherId: String(n).padStart(4, '0') });

let database: Database;
beforeEach(() => {
  database = sqliteInMemory();
});

const put = (n: number, text: string) => new PutCommand({ TableName, Item: { ...keyOf(n), text } });
const isTaken = async (sending: Promise<unknown>) =>
  sending.then(
    () => true,
    ({ name }: Error) => (name === 'ValidationException' ? false : name),
  );

describe('the size of an item', () => {
  it.each([
    [{ a: 'ä' }, 1 + 2],
    [{ ab: 0 }, 2 + 2],
    [{ n: 5 }, 1 + 2],
    [{ n: 123 }, 1 + 3],
    [{ n: -1_200 }, 1 + 3],
    [{ b: true, c: null }, 2 + 2],
    [{ list: [] }, 4 + 3],
    [{ list: ['a', 'b'] }, 4 + 3 + 2 * 2],
    [{ map: { a: 'b' } }, 3 + 3 + 1 + 2],
    [{ gone: undefined }, 0],
  ])('the item %j has %i bytes', (item, bytes) => {
    expect(sizeOf(item)).toBe(bytes);
  });
});

describe('the limits', () => {
  const textOf = (bytes: number) => 'x'.repeat(bytes - sizeOf({ ...keyOf(0), text: '' }));

  it.each([
    [MAX_ITEM_BYTES, true],
    [MAX_ITEM_BYTES + 1, false],
  ])('an item of %i bytes is taken: %s', async (bytes, taken) => {
    expect(await isTaken(database.client.send(put(0, textOf(bytes))))).toBe(taken);
  });

  it.each([
    [100, true],
    [101, false],
  ])('a transaction of %i actions is taken: %s', async (count, taken) => {
    const TransactItems = Array.from({ length: count }, (_, n) => ({ Put: { TableName, Item: keyOf(n) } }));
    expect(await isTaken(database.client.send(new TransactWriteCommand({ TransactItems })))).toBe(taken);
  });

  it.each([
    [4 * 1_024 * 1_024, true],
    [4 * 1_024 * 1_024 + 1, false],
  ])('a transaction of %i bytes is taken: %s', async (bytes, taken) => {
    const part = 256 * 1_024;
    const count = Math.floor(bytes / part);
    const TransactItems = Array.from({ length: count }, (_, n) => ({
      Put: { TableName, Item: { ...keyOf(n), text: textOf(n === 0 ? part + (bytes % part) : part) } },
    }));
    expect(await isTaken(database.client.send(new TransactWriteCommand({ TransactItems })))).toBe(taken);
  });

  it.each([
    [100, true],
    [101, false],
  ])('a batch of %i keys is read: %s', async (count, taken) => {
    const Keys = Array.from({ length: count }, (_, n) => keyOf(n));
    const batch = new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } });
    expect(await isTaken(database.client.send(batch))).toBe(taken);
  });

  it('a page of results ends after 1 MB, before the filter, and the next one goes on behind it', async () => {
    for (let n = 0; n < 5; n += 1) await database.client.send(put(n, textOf(300 * 1_024)));
    const query = {
      ...{ TableName, KeyConditionExpression: 'memberId = :m', ExpressionAttributeValues: { ':m': 'ada' } },
    };
    const first = await database.client.send(new QueryCommand(query));
    expect([first.Count, first.LastEvaluatedKey]).toEqual([4, keyOf(3)]);
    const start = { ExclusiveStartKey: first.LastEvaluatedKey };
    const second = await database.client.send(new QueryCommand({ ...query, ...start }));
    expect([second.Count, second.LastEvaluatedKey]).toEqual([1, undefined]);
    const none = await database.client.send(
      new ScanCommand({ TableName, FilterExpression: 'attribute_not_exists(memberId)' }),
    );
    expect([none.Count, none.ScannedCount, none.LastEvaluatedKey]).toEqual([0, 4, keyOf(3)]);
  });

  it('the segments of a scan have every item once, and those of a partition together', async () => {
    for (let n = 0; n < 60; n += 1) {
      const Item = { memberId: `m${n % 20}`, otherId: String(n) };
      await database.client.send(new PutCommand({ TableName, Item }));
    }
    const found = await Promise.all(
      [0, 1, 2].map(async (Segment) => {
        const { Items = [] } = await database.client.send(new ScanCommand({ TableName, Segment, TotalSegments: 3 }));
        return new Set(Items.map(({ memberId }) => String(memberId)));
      }),
    );
    expect(found.map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(20);
    expect(found.every(({ size }) => size > 0)).toBe(true);
  });
});
