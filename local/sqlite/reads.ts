/** GetItem, BatchGetItem, Query and Scan. Every read sees the last commit, so `ConsistentRead` changes nothing. */
import type { BatchGetCommandInput, GetCommandInput, QueryCommandInput, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../shared/store/database.ts';
import { invalid } from './exceptions.ts';
import { Bindings, optional, type Placeholders } from './expressions/bindings.ts';
import {
  attributesIn,
  type ConditionExpression,
  conditionIn,
  type Predicate,
  predicateOf,
} from './expressions/condition.ts';
import { only, type ProjectionExpression, projected, projectionIn } from './expressions/projection.ts';
import { sizeOf } from './item.ts';
import { type Range, rangeOf } from './key-condition.ts';
import { checkParameters } from './parameters.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { Value } from './sqlite-file.ts';
import { keyIn, listed, type Place, presenceOf, quoted } from './tables.ts';

const NAMES = ['ExpressionAttributeNames', 'ProjectionExpression', 'ConsistentRead'] as const;

export function getItem(database: SqliteDatabase, input: GetCommandInput) {
  checkParameters('GetItem', input, ['TableName', 'Key', ...NAMES]);
  const shape = shapeOf(input);
  const item = database.read(database.table(input.TableName), input.Key);
  return item ? { Item: shape(item) } : {};
}

/** The limit of one BatchGetItem. */
const MAX_BATCH_KEYS = 100;

/** All keys are read, so none is ever left for another round. */
export function batchGetItem(database: SqliteDatabase, input: BatchGetCommandInput) {
  checkParameters('BatchGetItem', input, ['RequestItems']);
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
  if (count === 0 || count > MAX_BATCH_KEYS) throw invalid(`a batch has ${count} keys, not 1 to ${MAX_BATCH_KEYS}`);
  const found = requests.map(([name, request]) => {
    checkParameters('BatchGetItem', request, ['Keys', ...NAMES]);
    const keys = request.Keys ?? [];
    const table = database.table(name);
    const distinct = new Set(keys.map((key) => JSON.stringify(keyIn(table, key))));
    if (distinct.size < keys.length) throw invalid('a batch has a key twice');
    const shape = shapeOf(request);
    const items = keys.map((key) => database.read(table, key)).filter((item) => item !== undefined);
    return [name, items.map(shape)] as const;
  });
  return { Responses: Object.fromEntries(found), UnprocessedKeys: {} };
}

const PAGE = ['TableName', 'IndexName', 'FilterExpression', 'ExpressionAttributeValues', 'ExclusiveStartKey', 'Limit'];

export function query(database: SqliteDatabase, input: QueryCommandInput) {
  checkParameters('Query', input, [...PAGE, ...NAMES, 'KeyConditionExpression', 'ScanIndexForward']);
  const place = placeOf(database, input);
  const condition = conditionIn(input.KeyConditionExpression ?? '');
  const reading = readingOf(input, place, condition);
  const range = rangeOf(condition.condition, place, reading.bindings);
  checkFilter(reading);
  const isForward = input.ScanIndexForward !== false;
  return readPage(database, reading, { ...range, columns: place.order, isForward });
}

export function scan(database: SqliteDatabase, input: ScanCommandInput) {
  checkParameters('Scan', input, [...PAGE, ...NAMES, 'Segment', 'TotalSegments']);
  const place = placeOf(database, input);
  const reading = readingOf(input, place, undefined);
  const columns = [...new Set([...place.partition, ...place.order])];
  return readPage(database, reading, { ...segmentOf(input, place), columns, isForward: true });
}

/** The filter of a query is not about keys, because the key condition is. */
function checkFilter({ filter, place, bindings }: Reading): void {
  const attributes = filter ? attributesIn(filter.condition).map((name) => bindings.attribute(name)) : [];
  const key = attributes.find((attribute) => [...place.partition, ...place.sort].includes(attribute));
  if (key !== undefined) throw invalid(`the filter is about ${key}, which is part of the key`);
}

/** Every item is in exactly one segment, and those of a partition are in the same one. */
function segmentOf({ Segment, TotalSegments }: ScanCommandInput, place: Place): Range {
  if (Segment === undefined && TotalSegments === undefined) return { where: [], values: [] };
  if (Segment === undefined || TotalSegments === undefined || Segment >= TotalSegments) {
    throw invalid(`there is no segment ${Segment} of ${TotalSegments}`);
  }
  return { where: [`segment_of(${quoted(place.partition[0] ?? '')}, ?) = ?`], values: [TotalSegments, Segment] };
}

function placeOf(database: SqliteDatabase, { TableName, IndexName, ConsistentRead }: QueryCommandInput): Place {
  if (IndexName !== undefined && ConsistentRead) throw invalid('an index has no consistent reads');
  return database.place(TableName, IndexName);
}

type PageInput = Placeholders &
  Pick<ScanCommandInput, 'FilterExpression' | 'ProjectionExpression' | 'ExclusiveStartKey' | 'Limit'>;

type Reading = {
  readonly input: PageInput;
  readonly place: Place;
  readonly bindings: Bindings;
  readonly filter: ConditionExpression | undefined;
  readonly passes: Predicate;
  readonly projection: ProjectionExpression | undefined;
};

function readingOf(input: PageInput, place: Place, keyCondition: ConditionExpression | undefined): Reading {
  const filter = optional(input.FilterExpression, conditionIn);
  const projection = optional(input.ProjectionExpression, projectionIn);
  const bindings = new Bindings(input, [keyCondition, filter, projection]);
  return { input, place, bindings, filter, passes: predicateOf(filter, bindings), projection };
}

type Order = { readonly columns: readonly string[]; readonly isForward: boolean };

/** DynamoDB reads this much for a page of results, before it filters. */
const PAGE_BYTES = 1_024 * 1_024;

function readPage(database: SqliteDatabase, reading: Reading, range: Range & Order) {
  const { place, input, bindings, passes, projection } = reading;
  const Items: Item[] = [];
  let [read, bytes] = [0, 0];
  for (const { item: text } of database.file.each<{ item: string }>(...selectionOf(reading, range))) {
    const item: Item = JSON.parse(text);
    const visible = place.attributes ? only(item, place.attributes) : item;
    read += 1;
    bytes += sizeOf(visible);
    if (passes(visible)) Items.push(projection ? projected(projection, visible, bindings) : visible);
    if (read === input.Limit || bytes >= PAGE_BYTES) {
      return { Items, Count: Items.length, ScannedCount: read, LastEvaluatedKey: positionOf(place, item) };
    }
  }
  return { Items, Count: Items.length, ScannedCount: read };
}

function selectionOf({ place, input }: Reading, { where, values, columns, isForward }: Range & Order) {
  const { Limit, ExclusiveStartKey } = input;
  if (Limit !== undefined && !(Limit >= 1)) throw invalid(`Limit is ${Limit}, not at least 1`);
  const start = ExclusiveStartKey && startAfter(place, ExclusiveStartKey, { columns, isForward });
  const conditions = [
    ...(place.isIndex ? [presenceOf([...place.partition, ...place.sort])] : []),
    ...where,
    ...(start ? start.where : []),
  ];
  const order = columns.map((name) => `${quoted(name)} ${isForward ? 'ASC' : 'DESC'}`).join(', ');
  const sql = [
    `SELECT "item" FROM ${quoted(place.table.name)}`,
    ...(place.isIndex ? [`INDEXED BY ${quoted(place.name)}`] : []),
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `ORDER BY ${order} LIMIT ?`,
  ];
  return [sql.join(' '), [...values, ...(start?.values ?? []), Limit ?? -1]] as const;
}

function startAfter(place: Place, key: Item, { columns, isForward }: Order): Range {
  const wanted = Object.keys(positionOf(place, key));
  if (wanted.length !== Object.keys(key).length) throw invalid('the start key is no key of what is read');
  const marks = columns.map(() => '?').join(', ');
  return {
    where: [`(${listed(columns)}) ${isForward ? '>' : '<'} (${marks})`],
    values: columns.map((name) => key[name] as Value),
  };
}

/** The keys of an index and of its table, from which a next page of results begins. */
function positionOf(place: Place, item: Item): Item {
  const names = [...new Set([...place.partition, ...place.sort, ...place.table.keyNames])];
  const position = only(item, names);
  if (Object.keys(position).length < names.length) throw invalid(`a start key has ${names.join(', ')}`);
  return position;
}

/** Makes the attributes of a response of an item. */
function shapeOf(input: Placeholders & Pick<GetCommandInput, 'ProjectionExpression'>) {
  const projection = optional(input.ProjectionExpression, projectionIn);
  const bindings = new Bindings(input, [projection]);
  return (item: Item): Item => (projection ? projected(projection, item, bindings) : item);
}
