import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ofEachTable, type TableName } from '../../shared/contract/tables.ts';
import type { DataTables } from '../data/tables.ts';
import { restoredTablesOf } from '../restored.ts';
import type { StageStack } from '../stage-stack.ts';

/** The parts of a table that a function or a mapping must know. */
type Table = Pick<ITableV2, 'tableName' | 'tableArn'> & { readonly tableStreamArn?: string | undefined };
export type Tables = Readonly<Record<TableName, Table>>;

/** The tables that the service works on: those of the data stack, or restored ones in their place. */
export function tablesInUse(scope: StageStack, tables: DataTables): Tables {
  const inTheirPlace = restoredTablesOf(scope.stage);
  return ofEachTable((table) => {
    const one = inTheirPlace[table];
    if (!one) return tables[table];
    const { tableName, streamArn: tableStreamArn } = one;
    const tableArn = scope.formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName });
    return { tableName, tableArn, ...(tableStreamArn && { tableStreamArn }) };
  });
}
