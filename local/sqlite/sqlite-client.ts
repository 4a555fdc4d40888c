/**
 * The commands of the document client, answered by SQLite in this process. The store gives them to it as it does to DynamoDB, so
 * the expressions that decide on AWS decide here too.
 */
import { setImmediate } from 'node:timers/promises';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../shared/store/database.ts';
import { codeOf } from '../failure.ts';
import { failed } from './exceptions.ts';
import { batchGetItem, getItem, query, scan } from './reads.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { deleteItem, putItem, transactWriteItems, updateItem } from './writes.ts';

type Options = { readonly abortSignal?: AbortSignal };

export function sqliteClient(database: SqliteDatabase): DocumentClient {
  const send = async (command: unknown, { abortSignal }: Options = {}) => {
    // A call over the network leaves others their turn, and so does this one. Long work would else stop all requests.
    await setImmediate();
    if (abortSignal?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
    try {
      return run(database, command);
    } catch (error) {
      throw codeOf(error) === 'ERR_SQLITE_ERROR' ? failed(error as Error) : error;
    }
  };
  return { send: send as DocumentClient['send'] };
}

function run(database: SqliteDatabase, command: unknown) {
  if (command instanceof GetCommand) return getItem(database, command.input);
  if (command instanceof QueryCommand) return query(database, command.input);
  if (command instanceof PutCommand) return putItem(database, command.input);
  if (command instanceof TransactWriteCommand) return transactWriteItems(database, command.input);
  if (command instanceof UpdateCommand) return updateItem(database, command.input);
  if (command instanceof DeleteCommand) return deleteItem(database, command.input);
  if (command instanceof BatchGetCommand) return batchGetItem(database, command.input);
  if (command instanceof ScanCommand) return scan(database, command.input);
  throw new TypeError(`SQLite does not take ${command?.constructor?.name}`);
}
