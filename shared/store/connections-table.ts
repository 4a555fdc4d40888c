/** Table `connections`, with the key `memberId`, `otherId`. A connection has a row each way (R14). */
import type { ChangeOf } from '../domain/change.ts';
import { type Database, getItem } from './database.ts';
import type { Store } from './store.ts';

/** Keeps the first date when the two are connected already. */
export const connect = ({ memberId, otherId, connectedAt }: ChangeOf<'connect'>, TableName: string) => ({
  Update: {
    TableName,
    Key: { memberId, otherId },
    UpdateExpression: 'SET connectedAt = if_not_exists(connectedAt, :at)',
    ExpressionAttributeValues: { ':at': connectedAt },
  },
});

export const disconnect = ({ memberId, otherId }: ChangeOf<'disconnect'>, TableName: string) => ({
  Delete: { TableName, Key: { memberId, otherId } },
});

export function connectionsTable(database: Database): Store['connections'] {
  return {
    async has(memberId, otherId) {
      const TableName = database.tables.connections;
      return (await getItem(database, { TableName, Key: { memberId, otherId } })) !== undefined;
    },
  };
}
