/** CDK tells a Lambda by these variables how to find things. Their names follow from the names of the things. */
import type { SweepName } from './sweeps.ts';
import { TABLES, type TableName } from './tables.ts';

type Constant<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${Constant<Tail>}`
  : Uppercase<Name>;

/** `renew-wallets` → `RENEW_WALLETS`. */
const constantOf = <const Name extends string>(name: Name) => name.replaceAll('-', '_').toUpperCase() as Constant<Name>;

export type TableVariable = `${Constant<TableName>}_TABLE`;
export type QueueVariable = `${Constant<SweepName>}_QUEUE_URL`;

/** `LEDGER_TABLE`. */
export const tableVariableOf = (table: TableName): TableVariable => `${constantOf(table)}_TABLE`;
export const TABLE_VARIABLES = TABLES.map(tableVariableOf);

/** `RENEW_WALLETS_QUEUE_URL`. */
export const queueVariableOf = (sweep: SweepName): QueueVariable => `${constantOf(sweep)}_QUEUE_URL`;

export const EVENT_BUS_VARIABLE = 'EVENT_BUS_NAME';

/** The environment of a function that reads or writes the books. */
export type TableEnvironment = Readonly<Record<TableVariable, string>>;
/** The lister has these as well, because it alone sends to the sweeps' queues. */
export type QueueEnvironment = Readonly<Record<QueueVariable, string>>;
/** The publisher has only this one, because it touches no table. */
export type EventEnvironment = Readonly<Record<typeof EVENT_BUS_VARIABLE, string>>;
