/**
 * The tables of the data stack in SQL. A table has a column for each attribute of a key, and the whole item as JSON. An index
 * is an index of SQLite, and leaves out the items that lack one of its attributes.
 */
import type { TableDefinition } from '../../infra/data/data-template.ts';
import type { Item } from '../../shared/store/database.ts';
import { only } from './expressions/projection.ts';
import type { KeyAttribute } from './item.ts';

/** A table or one of its indexes, as a query reads it. */
export type Place = {
  readonly table: Table;
  readonly name: string;
  readonly isIndex: boolean;
  /** Its own key. A table has one partition attribute, and an index has up to four. */
  readonly partition: readonly string[];
  readonly sort: readonly string[];
  /** The columns that its items are sorted by within a partition. An index goes on with the key of the table. */
  readonly order: readonly string[];
  /** The attributes that it holds. Undefined for all of them. */
  readonly attributes: readonly string[] | undefined;
};

export type Table = {
  readonly name: string;
  readonly key: readonly KeyAttribute[];
  readonly keyNames: readonly string[];
  /** All attributes of the keys, the table's first. They are the columns beside the item. */
  readonly columns: readonly KeyAttribute[];
  readonly stream: 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES' | undefined;
  readonly selectStatement: string;
  readonly putStatement: string;
  readonly deleteStatement: string;
  /** The table itself under '', and its indexes under their names. */
  readonly places: ReadonlyMap<string, Place>;
};

/** The key of an item, with its attributes in the order of the table. */
export const keyIn = ({ keyNames }: Table, item: Item): Item => only(item, keyNames);

type KeySchema = TableDefinition['KeySchema'];
type IndexDefinition = NonNullable<TableDefinition['GlobalSecondaryIndexes']>[number];

const namesIn = (schema: KeySchema, role?: KeyAttribute['role']): string[] =>
  schema.filter(({ KeyType }) => role === undefined || KeyType === role).map(({ AttributeName }) => AttributeName);

export function tableOf(name: string, definition: TableDefinition): Table {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [], StreamSpecification } = definition;
  const types = new Map(AttributeDefinitions.map((attribute) => [attribute.AttributeName, attribute.AttributeType]));
  const attributesOf = (schema: KeySchema): KeyAttribute[] =>
    schema.map(({ AttributeName, KeyType }) => {
      return { name: AttributeName, type: types.get(AttributeName) ?? 'S', role: KeyType };
    });
  const key = attributesOf(KeySchema);
  const keyNames = namesIn(KeySchema);
  const indexed = GlobalSecondaryIndexes.flatMap((index) => attributesOf(index.KeySchema));
  const others = new Map(indexed.map((attribute) => [attribute.name, attribute]));
  const columns = [...key, ...[...others.values()].filter((other) => !keyNames.includes(other.name))];
  const places = new Map<string, Place>();
  const table = {
    name,
    key,
    keyNames,
    columns,
    stream: StreamSpecification?.StreamViewType,
    places,
    ...statementsOn(name, keyNames, columns),
  };
  const [partition, sort] = [namesIn(KeySchema, 'HASH'), namesIn(KeySchema, 'RANGE')];
  places.set('', { table, name, isIndex: false, partition, sort, order: sort, attributes: undefined });
  for (const index of GlobalSecondaryIndexes) places.set(index.IndexName, indexOf(table, index));
  return table;
}

function indexOf(table: Table, { IndexName, KeySchema, Projection }: IndexDefinition): Place {
  const { keyNames } = table;
  const sort = namesIn(KeySchema, 'RANGE');
  return {
    table,
    name: `${table.name}.${IndexName}`,
    isIndex: true,
    partition: namesIn(KeySchema, 'HASH'),
    sort,
    order: [...sort, ...keyNames],
    attributes: [...new Set([...namesIn(KeySchema), ...keyNames, ...(Projection.NonKeyAttributes ?? [])])],
  };
}

function statementsOn(name: string, keyNames: readonly string[], columns: readonly KeyAttribute[]) {
  const written = [...columns.map((column) => column.name), 'item'];
  const others = written.filter((column) => !keyNames.includes(column));
  const where = keyNames.map((column) => `${quoted(column)} = ?`).join(' AND ');
  const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
  return {
    selectStatement: `SELECT "item" FROM ${quoted(name)} WHERE ${where}`,
    putStatement: [
      `INSERT INTO ${quoted(name)} (${listed(written)}) VALUES (${written.map(() => '?').join(', ')})`,
      `ON CONFLICT (${listed(keyNames)}) DO UPDATE SET ${set}`,
    ].join(' '),
    deleteStatement: `DELETE FROM ${quoted(name)} WHERE ${where}`,
  };
}

/** An identifier of SQL. */
export const quoted = (name: string): string => `"${name}"`;
export const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/** The statements that make the table and its indexes. */
export function definingStatements({ name, keyNames, columns, places }: Table): string[] {
  const typed = columns.map((column) => {
    const isKey = keyNames.includes(column.name);
    return `${quoted(column.name)} ${column.type === 'S' ? 'TEXT' : 'NUMERIC'}${isKey ? ' NOT NULL' : ''}`;
  });
  const body = [...typed, '"item" TEXT NOT NULL', `PRIMARY KEY (${listed(keyNames)})`].join(', ');
  const indexes = [...places.values()].filter(({ isIndex }) => isIndex);
  return [
    `CREATE TABLE ${quoted(name)} (${body})`,
    ...indexes.map((index) => {
      const own = [...index.partition, ...index.sort];
      const all = listed([...index.partition, ...index.order]);
      return `CREATE INDEX ${quoted(index.name)} ON ${quoted(name)} (${all}) WHERE ${presenceOf(own)}`;
    }),
  ];
}

/** An item is in an index if it has all of these. */
export const presenceOf = (names: readonly string[]): string =>
  names.map((name) => `${quoted(name)} IS NOT NULL`).join(' AND ');
