/** Random commands of the document client on one table, with random conditions, updates and ranges. */
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import type { Database, Item } from '../../shared/store/database.ts';

/** Its rows have no index and no meaning to the other commands, whatever attributes they have. */
const TABLE = 'connections';

export type DatabaseCall = { readonly what: string; readonly make: (database: Database) => Promise<unknown> };

type Fragment = { readonly text: string; readonly values: Item };

/** Above and below the surrogates, so that an order by UTF-16 would show. */
const text = fc.constantFrom('a', 'ab', 'abc', 'b', 'Z', 'ä', '\uffee', '🙂', '🙂x');
const value = fc.oneof(
  text,
  fc.integer({ min: -3, max: 120 }),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 2 }),
);
const name = fc.constantFrom('x', 'y', 'z');
const Key = fc.record({ memberId: fc.constantFrom('p', 'q'), otherId: text });

let placeholders = 0;
const bound = (given: unknown): { placeholder: string; values: Item } => {
  placeholders += 1;
  return { placeholder: `:v${placeholders}`, values: { [`:v${placeholders}`]: given } };
};

const comparison = fc
  .tuple(name, fc.constantFrom('=', '<', '<=', '>', '>='), value)
  .map(([attribute, sign, given]): Fragment => {
    const { placeholder, values } = bound(given);
    return { text: `${attribute} ${sign} ${placeholder}`, values };
  });
const presence = fc
  .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), fc.constantFrom('x', 'y', 'memberId'))
  .map(([word, attribute]): Fragment => ({ text: `${word}(${attribute})`, values: {} }));
const beginning = fc.tuple(name, text).map(([attribute, start]): Fragment => {
  const { placeholder, values } = bound(start);
  return { text: `begins_with(${attribute}, ${placeholder})`, values };
});
const condition: fc.Arbitrary<Fragment> = fc.letrec<{ all: Fragment; leaf: Fragment }>((tie) => ({
  leaf: fc.oneof(comparison, presence, beginning),
  all: fc.oneof(
    { maxDepth: 2 },
    tie('leaf'),
    fc.tuple(tie('all'), fc.constantFrom('AND', 'OR'), tie('all')).map(([left, word, right]) => ({
      text: `(${left.text}) ${word} ${right.text}`,
      values: { ...left.values, ...right.values },
    })),
  ),
})).all;

const perhaps = fc.option(condition, { nil: undefined });
const conditional = (given: Fragment | undefined, values: Item = {}) => {
  const all = { ...values, ...given?.values };
  return {
    ...(given && { ConditionExpression: given.text }),
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
};

const put = fc.tuple(Key, fc.dictionary(name, value, { maxKeys: 3 }), perhaps).map(([key, rest, given]) => ({
  Put: { Item: { ...rest, ...key }, ...conditional(given) },
}));
const remove = fc.tuple(Key, perhaps).map(([key, given]) => ({ Delete: { Key: key, ...conditional(given) } }));
const update = fc
  .tuple(Key, name, value, fc.boolean(), fc.boolean(), perhaps)
  .map(([key, attribute, given, keeps, clears, when]) => {
    const { placeholder, values } = bound(given);
    const set = `SET ${attribute} = ${keeps ? `if_not_exists(${attribute}, ${placeholder})` : placeholder}`;
    const UpdateExpression = clears ? `${set} REMOVE ${attribute === 'x' ? 'y' : 'x'}` : set;
    return { Update: { Key: key, UpdateExpression, ...conditional(when, values) } };
  });
const write = fc.oneof(put, remove, update);

const range = fc
  .oneof(
    fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), text).map(([sign, one]) => ({ sign, one, other: undefined })),
    fc.tuple(text, text).map(([one, other]) => ({ sign: 'BETWEEN', one, other })),
    text.map((one) => ({ sign: 'begins_with', one, other: undefined })),
  )
  .map(({ sign, one, other }): Fragment => {
    const low = bound(one);
    if (sign === 'begins_with') return { text: `begins_with(otherId, ${low.placeholder})`, values: low.values };
    if (other === undefined) return { text: `otherId ${sign} ${low.placeholder}`, values: low.values };
    const high = bound(other);
    return {
      text: `otherId BETWEEN ${low.placeholder} AND ${high.placeholder}`,
      values: { ...low.values, ...high.values },
    };
  });

const query = fc
  .record({
    memberId: fc.constantFrom('p', 'q'),
    within: fc.option(range, { nil: undefined }),
    filter: perhaps,
    limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    isForward: fc.boolean(),
    start: fc.option(text, { nil: undefined }),
  })
  .map(({ memberId, within, filter, limit, isForward, start }) => ({
    KeyConditionExpression: within ? `memberId = :member AND ${within.text}` : 'memberId = :member',
    ExpressionAttributeValues: { ':member': memberId, ...within?.values, ...filter?.values },
    ...(filter && { FilterExpression: filter.text }),
    ...(limit !== undefined && { Limit: limit }),
    ...(start !== undefined && !within && { ExclusiveStartKey: { memberId, otherId: start } }),
    ...{ ScanIndexForward: isForward, ConsistentRead: true },
  }));

type Written = { readonly ConditionExpression?: string; readonly ExpressionAttributeValues?: Item };
type Action = {
  readonly Put?: Written & { readonly Item: Item };
  readonly Delete?: Written & { readonly Key: Item };
  readonly Update?: Written & { readonly Key: Item; readonly UpdateExpression: string };
};

const actionOn = (TableName: string, { Put, Delete, Update }: Action) => ({
  ...(Put && { Put: { TableName, ...Put } }),
  ...(Delete && { Delete: { TableName, ...Delete } }),
  ...(Update && { Update: { TableName, ...Update } }),
});

function writeOne({ client, tables }: Database, action: Action): Promise<unknown> {
  const { Put, Delete, Update } = actionOn(tables[TABLE], action);
  if (Put) return client.send(new PutCommand(Put));
  if (Delete) return client.send(new DeleteCommand(Delete));
  return client.send(new UpdateCommand(Update as NonNullable<typeof Update>));
}

function writeAll({ client, tables }: Database, actions: readonly Action[]): Promise<unknown> {
  const TransactItems = actions.map((action) => actionOn(tables[TABLE], action));
  return client.send(new TransactWriteCommand({ TransactItems } as TransactWriteCommand['input']));
}

/** Neither a scan nor a batch has an order. */
export const inOrder = (items: readonly Item[] = []): string[] =>
  items.map((item) => JSON.stringify(sorted(item))).sort();
const sorted = (item: Item): [string, unknown][] =>
  Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1));

async function readBatch({ client, tables }: Database, Keys: Item[]): Promise<unknown> {
  const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [tables[TABLE]]: { Keys } } }));
  return inOrder(Responses?.[tables[TABLE]]);
}

async function readAll({ client, tables }: Database, filter: Fragment | undefined): Promise<unknown> {
  const { ConditionExpression: FilterExpression, ...values } = conditional(filter);
  const filtered = FilterExpression === undefined ? {} : { FilterExpression, ...values };
  const { Items } = await client.send(new ScanCommand({ TableName: tables[TABLE], ConsistentRead: true, ...filtered }));
  return inOrder(Items);
}

/** All pages of results. A page may end where the list ends, or one before, and the two engines differ in that. */
async function readPages(
  { client, tables }: Database,
  input: Omit<QueryCommand['input'], 'TableName'>,
): Promise<unknown> {
  const items: [string, unknown][][] = [];
  let ExclusiveStartKey = input.ExclusiveStartKey;
  do {
    const command = new QueryCommand({ TableName: tables[TABLE], ...input, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await client.send(command);
    items.push(...Items.map(sorted));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

async function readOne({ client, tables }: Database, key: Item): Promise<unknown> {
  const ProjectionExpression = 'otherId, y';
  const { Item: item } = await client.send(
    new GetCommand({ TableName: tables[TABLE], Key: key, ProjectionExpression }),
  );
  return item && sorted(item);
}

const ignoringResult = async (call: Promise<unknown>): Promise<void> => {
  await call;
};

/**
 * Each action is on another item. AWS refuses two actions on one item before anything else, but DynamoDB Local judges
 * their conditions first.
 */
const transaction = fc.uniqueArray(write as fc.Arbitrary<Action>, {
  ...{ minLength: 1, maxLength: 4 },
  selector: ({ Put, Delete, Update }) => {
    const { memberId, otherId } = Put?.Item ?? Delete?.Key ?? Update?.Key ?? {};
    return `${memberId} ${otherId}`;
  },
});

const kind = <Input>(
  weight: number,
  word: string,
  input: fc.Arbitrary<Input>,
  make: (database: Database, input: Input) => Promise<unknown>,
) => ({
  weight,
  arbitrary: input.map(
    (given): DatabaseCall => ({
      what: `${word} ${JSON.stringify(given)}`,
      make: (database) => make(database, given),
    }),
  ),
});

export const documentCall: fc.Arbitrary<DatabaseCall> = fc.oneof(
  kind(6, 'write', write as fc.Arbitrary<Action>, (database, action) => ignoringResult(writeOne(database, action))),
  kind(3, 'transaction', transaction, (database, actions) => ignoringResult(writeAll(database, actions))),
  kind(4, 'query', query, readPages),
  kind(1, 'get', Key, readOne),
  kind(1, 'batch', fc.array(Key, { minLength: 1, maxLength: 4 }), readBatch),
  kind(1, 'scan', perhaps, readAll),
);
