/** What the engine understands of DynamoDB's expressions, and that it refuses everything else. */
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import type { Database, Item } from '../../shared/store/database.ts';

const TableName = 'connections';
const Key = { memberId: 'ada', otherId: 'bob' };

let database: Database;
beforeEach(async () => {
  database = sqliteInMemory();
  await database.client.send(
    new PutCommand({ TableName, Item: { ...Key, n: 5, text: 'grün', flag: true, none: null } }),
  );
});

const passes = async (FilterExpression: string, values?: Item, names?: Record<string, string>): Promise<boolean> => {
  const { Items } = await database.client.send(
    new ScanCommand({
      ...{ TableName, FilterExpression },
      ...(values && { ExpressionAttributeValues: values }),
      ...(names && { ExpressionAttributeNames: names }),
    }),
  );
  return Items?.length === 1;
};

describe('a condition', () => {
  it.each<[string, Item | undefined, boolean]>([
    ['n = :v', { ':v': 5 }, true],
    ['n = :v', { ':v': '5' }, false],
    ['n < :v', { ':v': 5 }, false],
    ['n <= :v', { ':v': 5 }, true],
    ['n > :v', { ':v': 4 }, true],
    ['n >= :v', { ':v': 6 }, false],
    ['n > :v', { ':v': 'a' }, false],
    ['text < :v', { ':v': 'grün!' }, true],
    ['n BETWEEN :a AND :b', { ':a': 5, ':b': 5 }, true],
    ['n between :a and :b', { ':a': 6, ':b': 7 }, false],
    ['begins_with(text, :v)', { ':v': 'gr' }, true],
    ['begins_with(text, :v)', { ':v': 'rün' }, false],
    ['begins_with(n, :v)', { ':v': '5' }, false],
    ['attribute_exists(none)', undefined, true],
    ['attribute_not_exists(none)', undefined, false],
    ['attribute_not_exists(missing)', undefined, true],
    ['missing = :v', { ':v': 1 }, false],
    ['missing < :v', { ':v': 1 }, false],
    ['n = :a OR flag = :b AND n = :c', { ':a': 5, ':b': false, ':c': 6 }, true],
    ['(n = :a OR flag = :b) AND n = :c', { ':a': 5, ':b': false, ':c': 6 }, false],
    ['none = :v', { ':v': null }, true],
  ])('the condition %s of %j is %s', async (expression, values, isSo) => {
    expect(await passes(expression, values)).toBe(isSo);
  });

  it('texts are in the order of their UTF-8 bytes, in which the emoji comes after U+FFEE', async () => {
    await database.client.send(new PutCommand({ TableName, Item: { ...Key, text: '🙂' } }));
    expect(await passes('text > :v', { ':v': '\uffee' })).toBe(true);
    expect('🙂' > '\uffee').toBe(false);
  });

  it('a name stands for an attribute', async () => {
    expect(await passes('#name = :v', { ':v': 5 }, { '#name': 'n' })).toBe(true);
  });

  it.each<[string, Item | undefined]>([
    ['n <> :v', { ':v': 5 }],
    ['NOT n = :v', { ':v': 5 }],
    ['n IN (:v)', { ':v': 5 }],
    ['size(text) = :v', { ':v': 4 }],
    ['contains(text, :v)', { ':v': 'g' }],
    ['n.m = :v', { ':v': 5 }],
    ['n = ', undefined],
    ['n = :v n', { ':v': 5 }],
    ['n = )', undefined],
    ['= = :v', { ':v': 5 }],
    ['n = AND', undefined],
    ['attribute_exists(:v)', { ':v': 5 }],
    ['(n = :v', { ':v': 5 }],
    ['n = :v', undefined],
    ['#n = :v', { ':v': 5 }],
    ['n = :v', { ':v': 5, ':unused': 6 }],
    ['n > :v', { ':v': true }],
    ['n BETWEEN :a AND :b', { ':a': 2, ':b': 1 }],
    ['begins_with(text, :v)', { ':v': 1 }],
  ])('the condition %s of %j is refused', async (expression, values) => {
    await expect(passes(expression, values)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

const update = async (UpdateExpression: string, values?: Item): Promise<Item | undefined> => {
  const more = values && { ExpressionAttributeValues: values };
  await database.client.send(new UpdateCommand({ TableName, Key, UpdateExpression, ...more }));
  return (await database.client.send(new GetCommand({ TableName, Key }))).Item;
};

describe('an update', () => {
  it('an update sets and removes attributes, all of them by the item before it', async () => {
    expect(await update('SET n = :n, copy = n REMOVE text, missing', { ':n': 6 })).toEqual({
      ...{ ...Key, n: 6, copy: 5, flag: true, none: null },
    });
  });

  it('an update keeps an attribute that exists, null included', async () => {
    expect(
      await update('SET none = if_not_exists(none, :v), fresh = if_not_exists(fresh, :v)', { ':v': 1 }),
    ).toMatchObject({
      none: null,
      fresh: 1,
    });
  });

  it.each<[string, Item | undefined]>([
    ['ADD n :v', { ':v': 1 }],
    ['SET n = n + :v', { ':v': 1 }],
    ['SET n = list_append(n, :v)', { ':v': [] }],
    ['SET otherId = :v', { ':v': 'eve' }],
    ['REMOVE otherId', undefined],
    ['SET n = missing', undefined],
    ['SET', undefined],
    ['SET :v = n', { ':v': 1 }],
    ['SET n = )', undefined],
    ['REMOVE ,', undefined],
    ['', undefined],
  ])('the update %s of %j is refused, and changes nothing', async (expression, values) => {
    const before = (await database.client.send(new GetCommand({ TableName, Key }))).Item;
    await expect(update(expression, values)).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await database.client.send(new GetCommand({ TableName, Key }))).Item).toEqual(before);
  });
});

describe('a request', () => {
  it.each([
    ['a parameter that would be ignored', new GetCommand({ TableName, Key, ReturnConsumedCapacity: 'TOTAL' })],
    ['a key with another attribute', new GetCommand({ TableName, Key: { ...Key, n: 1 } })],
    ['a key of another type', new GetCommand({ TableName, Key: { memberId: 'ada', otherId: 1 } })],
    ['an empty key', new GetCommand({ TableName, Key: { memberId: 'ada', otherId: '' } })],
    ['a sort key of 1,025 bytes', new GetCommand({ TableName, Key: { memberId: 'ada', otherId: 'x'.repeat(1_025) } })],
    [
      'a partition key of 2,049 bytes',
      new GetCommand({ TableName, Key: { memberId: 'x'.repeat(2_049), otherId: 'a' } }),
    ],
    [
      'a consistent read of an index',
      new QueryCommand({
        ...{ TableName: 'inmails', IndexName: 'inbox', ConsistentRead: true },
        ...{ KeyConditionExpression: 'recipientId = :r', ExpressionAttributeValues: { ':r': 'bob' } },
      }),
    ],
    [
      'a key condition without the partition',
      new QueryCommand({
        ...{ TableName, KeyConditionExpression: 'otherId = :o', ExpressionAttributeValues: { ':o': 'bob' } },
      }),
    ],
    [
      'a key condition about another attribute',
      new QueryCommand({
        ...{ TableName, KeyConditionExpression: 'memberId = :m AND n = :n' },
        ExpressionAttributeValues: { ':m': 'ada', ':n': 5 },
      }),
    ],
    [
      'a filter about the key',
      new QueryCommand({
        ...{ TableName, KeyConditionExpression: 'memberId = :m', FilterExpression: 'otherId = :o' },
        ExpressionAttributeValues: { ':m': 'ada', ':o': 'bob' },
      }),
    ],
    [
      'a batch with a key twice',
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key, { otherId: 'bob', memberId: 'ada' }] } } }),
    ],
    ['a limit of 0', new ScanCommand({ TableName, Limit: 0 })],
    ['a segment that does not exist', new ScanCommand({ TableName, Segment: 2, TotalSegments: 2 })],
    [
      'a transaction of two actions on one item',
      new TransactWriteCommand({ TransactItems: [{ Delete: { TableName, Key } }, { Delete: { TableName, Key } }] }),
    ],
    ['a transaction without an action', new TransactWriteCommand({ TransactItems: [] })],
    ['a value that is no number', new PutCommand({ TableName, Item: { ...Key, n: Number.NaN } })],
    ['a value of a class', new PutCommand({ TableName, Item: { ...Key, at: new Date() } })],
    ['a text with half a character', new PutCommand({ TableName, Item: { ...Key, text: '\ud800' } })],
  ])('%s is refused', async (_, command) => {
    await expect(database.client.send(command as GetCommand)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('a table that does not exist is refused', async () => {
    const get = new GetCommand({ TableName: 'elsewhere', Key });
    await expect(database.client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('a request whose time is up is not made', async () => {
    const put = new PutCommand({ TableName, Item: { memberId: 'late', otherId: 'x' } });
    await expect(database.client.send(put, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const get = new GetCommand({ TableName, Key: { memberId: 'late', otherId: 'x' } });
    expect((await database.client.send(get)).Item).toBeUndefined();
  });
});
