/** Makes the tables of the data stack in DynamoDB Local, so that tests here find a key that is wrong there. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from '../../infra/data/data-template.ts';
import type { TableNames } from '../../shared/store/database.ts';
import { LocalFailure } from '../failure.ts';
import { TABLE_DEFINITIONS } from '../table-definitions.ts';

/** Makes the missing tables. Throws a LocalFailure if a table exists with other keys or indexes. */
export async function createTables(client: DynamoDBDocumentClient, prefix = ''): Promise<TableNames> {
  const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
  const properties = Object.entries(TABLE_DEFINITIONS);
  await Promise.all(
    properties.map(async ([table, wanted]) => {
      const input = creationOf(wanted, `${prefix}${table}`);
      if (existing.includes(`${prefix}${table}`)) await checkTable(client, input);
      else await client.send(new CreateTableCommand(input));
    }),
  );
  return Object.fromEntries(properties.map(([table]) => [table, `${prefix}${table}`])) as TableNames;
}

function creationOf(
  { StreamSpecification, ...definition }: TableDefinition,
  TableName: string,
): CreateTableCommandInput {
  const stream = StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } };
  // The lists of the SDK's types are not readonly.
  return { TableName, ...definition, ...stream } as CreateTableCommandInput;
}

type Keys = Pick<CreateTableCommandInput, 'KeySchema' | 'GlobalSecondaryIndexes'>;

async function checkTable(client: DynamoDBDocumentClient, wanted: CreateTableCommandInput): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: wanted.TableName }));
  if (keysIn(Table as Keys) === keysIn(wanted)) return;
  throw new LocalFailure(
    `table ${wanted.TableName} was made by another version, with other keys or indexes: use another state folder, or delete this one`,
  );
}

function keysIn({ KeySchema = [], GlobalSecondaryIndexes = [] }: Keys): string {
  const namesIn = (schema: Keys['KeySchema'] = []) =>
    schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) =>
    [IndexName, ...namesIn(KeySchema), ...(Projection?.NonKeyAttributes ?? []).toSorted()].join(),
  );
  return JSON.stringify([namesIn(KeySchema), indexes.sort()]);
}
