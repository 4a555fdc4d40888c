/** The way to DynamoDB. One client has limits set on purpose, and its failures come out in the store's words. */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../contract/tables.ts';
import { clientLimits } from './client-limits.ts';
import { type Call, failedCall, meaningOf } from './failures.ts';
import { BusyError } from './store.ts';

export type TableNames = Readonly<Record<TableName, string>>;

export type Item = Record<string, unknown>;
/** `lastKey` is the start of the next page of results. Undefined on the last one. */
export type QueryResult = { readonly items: readonly Item[]; readonly lastKey: Item | undefined };

/** DynamoDB, or an engine that answers the same commands. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** The client, the names of its tables, and the signal that ends its calls when the function's time is up. */
export type Database = {
  readonly client: DocumentClient;
  readonly tables: TableNames;
  readonly signal?: AbortSignal | undefined;
};

/** 3 attempts × 2 s end before an API function's 10 s do, even when DynamoDB does not respond at all. */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...clientLimits(3), ...config });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

type Send<T> = (options: { abortSignal?: AbortSignal }) => Promise<T>;

/** Runs one call. Its failures come out as LostRaceError or BusyError when they are one, and name the call. */
export async function attempt<T>({ signal }: Database, call: Call, send: Send<T>): Promise<T> {
  try {
    return await send(signal ? { abortSignal: signal } : {});
  } catch (error) {
    throw meaningOf(error, call);
  }
}

export const named = (operation: string, { TableName }: { readonly TableName: string | undefined }): Call => ({
  operation,
  tables: [String(TableName)],
});

/** Strongly consistent. */
export async function getItem(database: Database, input: GetCommandInput): Promise<Item | undefined> {
  const command = new GetCommand({ ConsistentRead: true, ...input });
  return (await attempt(database, named('GetItem', input), (options) => database.client.send(command, options))).Item;
}

type BatchGet = { readonly TableName: string; readonly keys: readonly Item[]; readonly maxRounds: number };

/** The limit of one BatchGetItem. */
const MAX_BATCH_GET_KEYS = 100;

/** The items that exist of different keys, strongly consistent and in no order. Batches of 100 follow one another. */
export async function getItems(database: Database, { keys, ...rest }: BatchGet): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += MAX_BATCH_GET_KEYS) {
    items.push(...(await getBatch(database, { keys: keys.slice(start, start + MAX_BATCH_GET_KEYS), ...rest })));
  }
  return items;
}

/** DynamoDB may leave some of a batch for another round. */
async function getBatch(database: Database, { TableName, keys, maxRounds }: BatchGet): Promise<Item[]> {
  const items: Item[] = [];
  const call = named('BatchGetItem', { TableName });
  let Keys: Item[] = [...keys];
  for (let round = 0; Keys.length > 0; round += 1) {
    if (round === maxRounds) {
      const how = { awsError: 'UnprocessedKeys', attempts: maxRounds };
      throw new BusyError('BatchGetItem left keys unread', { call: failedCall(call, how) });
    }
    const command = new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } });
    const answer = await attempt(database, call, (options) => database.client.send(command, options));
    items.push(...(answer.Responses?.[TableName] ?? []));
    Keys = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
  }
  return items;
}

/** One page of a query: at most `Limit` items, or the 1 MB that DynamoDB reads at a time. */
export async function queryPage(database: Database, input: QueryCommandInput): Promise<QueryResult> {
  const command = new QueryCommand(input);
  const answer = await attempt(database, named('Query', input), (options) => database.client.send(command, options));
  return { items: answer.Items ?? [], lastKey: answer.LastEvaluatedKey };
}
