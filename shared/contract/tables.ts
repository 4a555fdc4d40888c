/** The tables by our own names. CDK, the handlers and the local system agree on all of this. */

export const TABLES = ['subscriptions', 'ledger', 'inmails', 'connections'] as const;
export type TableName = (typeof TABLES)[number];

/** The shards are part of the index keys. They can be grouped, but their number can never change. */
export const RENEWAL_SHARDS = 64;
export const DUE_SHARDS = 16;

/** `{ ledger: make('ledger'), … }`. */
export const ofEachTable = <Value>(make: (table: TableName) => Value): Readonly<Record<TableName, Value>> =>
  Object.fromEntries(TABLES.map((table) => [table, make(table)])) as Record<TableName, Value>;
