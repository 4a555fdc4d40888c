/** PutItem, UpdateItem, DeleteItem and TransactWriteItems. Conditions are judged on the items as they are before. */
import type {
  DeleteCommandInput,
  PutCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../shared/store/database.ts';
import type { Change } from './change-log.ts';
import { cancelled, conditionFailed, invalid } from './exceptions.ts';
import { Bindings, type Expression, optional, type Placeholders } from './expressions/bindings.ts';
import { conditionIn, type Predicate, predicateOf } from './expressions/condition.ts';
import { updated, updateIn } from './expressions/update.ts';
import { checkItemSize, sizeOf } from './item.ts';
import { checkParameters } from './parameters.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { keyIn } from './tables.ts';

/** A write that is decided. It is made only if its condition holds. */
type Decided = Change & { readonly holds: boolean; readonly key: string };

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const CONDITION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'] as const;

export const putItem = (database: SqliteDatabase, input: PutCommandInput) => writeOne(database, { Put: input });

export const updateItem = (database: SqliteDatabase, input: UpdateCommandInput) =>
  writeOne(database, { Update: input as NonNullable<Action['Update']> });

export const deleteItem = (database: SqliteDatabase, input: DeleteCommandInput) =>
  writeOne(database, { Delete: input });

function writeOne(database: SqliteDatabase, action: Action) {
  const decided = decide(database, action);
  if (!decided.holds) throw conditionFailed();
  database.write([decided]);
  return {};
}

/** DynamoDB's limits on a transaction (docs.aws.amazon.com: transaction-apis). */
const MAX_ACTIONS = 100;
const MAX_TRANSACTION_BYTES = 4 * 1_024 * 1_024;

export function transactWriteItems(database: SqliteDatabase, input: TransactWriteCommandInput) {
  checkParameters('TransactWriteItems', input, ['TransactItems']);
  const actions = input.TransactItems ?? [];
  if (actions.length === 0 || actions.length > MAX_ACTIONS) {
    throw invalid(`a transaction has ${actions.length} actions, not 1 to ${MAX_ACTIONS}`);
  }
  const decided = actions.map((action) => decide(database, action));
  const keys = decided.map(({ table, key }) => `${table.name} ${key}`);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw invalid(`a transaction has two actions on one item: ${twice}`);
  const bytes = decided.reduce((sum, { after }) => sum + (after ? sizeOf(after) : 0), 0);
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw invalid(`a transaction of ${bytes} bytes is over the limit of ${MAX_TRANSACTION_BYTES}`);
  }
  if (decided.some((one) => !one.holds)) throw cancelled(decided.map((one) => one.holds));
  database.write(decided);
  return {};
}

function decide(database: SqliteDatabase, { Put, Update, Delete, ConditionCheck }: Action): Decided {
  if (Put) return decidePut(database, Put);
  if (Update) return decideUpdate(database, Update);
  if (Delete) return decideDelete(database, Delete);
  throw invalid(`a transaction on SQLite does not take ${ConditionCheck ? 'ConditionCheck' : 'an empty action'}`);
}

function decidePut(database: SqliteDatabase, input: NonNullable<Action['Put']>): Decided {
  checkParameters('Put', input, ['TableName', 'Item', ...CONDITION]);
  const table = database.table(input.TableName);
  const after = withoutUndefined(input.Item ?? {});
  checkItemSize(after);
  const key = keyIn(table, after);
  const before = database.read(table, key);
  return { table, key: JSON.stringify(key), before, after, holds: conditionOf(input).passes(before ?? {}) };
}

/** An update of an item that does not exist makes it. */
function decideUpdate(database: SqliteDatabase, input: NonNullable<Action['Update']>): Decided {
  checkParameters('Update', input, ['TableName', 'Key', 'UpdateExpression', ...CONDITION]);
  const table = database.table(input.TableName);
  const before = database.read(table, input.Key);
  const key = keyIn(table, input.Key ?? {});
  const update = updateIn(input.UpdateExpression ?? '');
  const { bindings, passes } = conditionOf(input, update);
  const after = withoutUndefined(updated(update, before ?? key, bindings, table.keyNames));
  checkItemSize(after);
  return { table, key: JSON.stringify(key), before, after, holds: passes(before ?? {}) };
}

function decideDelete(database: SqliteDatabase, input: NonNullable<Action['Delete']>): Decided {
  checkParameters('Delete', input, ['TableName', 'Key', ...CONDITION]);
  const table = database.table(input.TableName);
  const before = database.read(table, input.Key);
  const key = keyIn(table, input.Key ?? {});
  const holds = conditionOf(input).passes(before ?? {});
  return { table, key: JSON.stringify(key), before, after: undefined, holds };
}

type Conditional = Placeholders & { readonly ConditionExpression?: string | undefined };

/** The condition of a write, which shares its placeholders with the update. Without one every item passes. */
function conditionOf(input: Conditional, update?: Expression): { bindings: Bindings; passes: Predicate } {
  const condition = optional(input.ConditionExpression, conditionIn);
  const bindings = new Bindings(input, [update, condition]);
  return { bindings, passes: predicateOf(condition, bindings) };
}

/** The document client leaves out what is undefined, at any depth. */
const withoutUndefined = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, plain(value)] as const])),
  );

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((element) => element !== undefined).map(plain);
  const isMap = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isMap ? withoutUndefined(value as Item) : value;
}
