/**
 * The tables of the data stack, by our own names, for every engine on this machine. `npm run generate` writes them, and a test
 * compares them with the stack.
 */
import type { TableDefinition } from '../infra/data/data-template.ts';
import type { TableName } from '../shared/contract/tables.ts';
import definitions from './tables.json' with { type: 'json' };

export type TableDefinitions = Readonly<Record<TableName, TableDefinition>>;

export const TABLE_DEFINITIONS = definitions as TableDefinitions;
