/** Writes to the tables, all changes of a decision or none, each under its condition. */
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Change } from '../domain/change.ts';
import * as connections from './connections-table.ts';
import { attempt, type Database, type TableNames } from './database.ts';
import * as inmails from './inmails-table.ts';
import * as ledger from './ledger-table.ts';
import { MAX_CHANGES } from './store.ts';
import * as subscriptions from './subscriptions-table.ts';

export type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The item that writes a change, with its condition. */
export function writeItemOf(change: Change, tables: TableNames): WriteItem {
  switch (change.kind) {
    case 'append-entry':
      return ledger.appendEntry(change, tables.ledger);
    case 'start-subscription':
      return subscriptions.startSubscription(change, tables.subscriptions);
    case 'change-plan':
      return subscriptions.changePlan(change, tables.subscriptions);
    case 'end-subscription':
      return subscriptions.endSubscription(change, tables.subscriptions);
    case 'create-inmail':
      return inmails.createInMail(change, tables.inmails);
    case 'record-response':
      return inmails.recordResponse(change, tables.inmails);
    case 'record-reminder':
      return inmails.recordReminder(change, tables.inmails);
    case 'record-expiry':
      return inmails.recordExpiry(change, tables.inmails);
    case 'hide-inmail':
      return inmails.hideInMail(change, tables.inmails);
    case 'connect':
      return connections.connect(change, tables.connections);
    case 'disconnect':
      return connections.disconnect(change, tables.connections);
  }
}

/**
 * A change alone is a plain conditional write, because a transaction would cost twice the write units. The SDK makes a
 * new client token for each command and keeps it over its own retries, so a lost response does no harm.
 */
export async function transact(database: Database, changes: readonly Change[]): Promise<void> {
  if (changes.length > MAX_CHANGES) throw new RangeError(`${changes.length} changes in one transaction`);
  const { client, tables } = database;
  const items = changes.map((change) => writeItemOf(change, tables));
  const [first, ...others] = items;
  if (!first) return;
  await attempt(database, callOf(items), async (options) => {
    if (others.length > 0) await client.send(new TransactWriteCommand({ TransactItems: [first, ...others] }), options);
    else if (first.Put) await client.send(new PutCommand(first.Put), options);
    else if (first.Update) await client.send(new UpdateCommand(first.Update), options);
    else if (first.Delete) await client.send(new DeleteCommand(first.Delete), options);
  });
}

function callOf(items: readonly WriteItem[]) {
  const [action = ''] = Object.keys(items[0] ?? {});
  const tables = items.map(({ Put, Update, Delete }) => String((Put ?? Update ?? Delete)?.TableName));
  return { operation: items.length > 1 ? 'TransactWriteItems' : `${action}Item`, tables };
}
