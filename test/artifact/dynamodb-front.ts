/** DynamoDB's protocol in front of an engine in this process, so that a bundle in another process can reach its tables. */
import type { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../shared/store/database.ts';
import { type JsonAnswer, type JsonServer, serveAwsJson } from './aws-json.ts';

/** The operations that functions may use (`infra/lambda/permissions.ts`), by their names on the wire. */
const COMMANDS = {
  BatchGetItem: BatchGetCommand,
  DeleteItem: DeleteCommand,
  GetItem: GetCommand,
  PutItem: PutCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteCommand,
  UpdateItem: UpdateCommand,
} as const;

export const serveDynamoDb = (client: DocumentClient): Promise<JsonServer> =>
  serveAwsJson(async (operation, input) => {
    const Command = COMMANDS[operation as keyof typeof COMMANDS];
    if (!Command) return refusal('UnknownOperationException', `no function may use ${operation}`);
    // The SDK adds a token to each transaction, by which DynamoDB knows one that comes twice.
    const { ClientRequestToken: _, ...parameters } = input as Item;
    const plain = translated(parameters, (item) => unmarshall(item as Parameters<typeof unmarshall>[0]));
    try {
      const output = await client.send(new Command(plain as never) as GetCommand);
      return { status: 200, body: translated(output, (item) => marshall(item, { removeUndefinedValues: true })) };
    } catch (error) {
      return answerOf(error as DynamoDBServiceException);
    }
  });

const refusal = (type: string, message: string, more: object = {}, status = 400): JsonAnswer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more },
});

function answerOf({ name, message, $metadata, ...more }: DynamoDBServiceException): JsonAnswer {
  if (!$metadata) throw new TypeError(message);
  const { CancellationReasons } = more as { readonly CancellationReasons?: unknown };
  return refusal(name, message, { CancellationReasons }, $metadata.httpStatusCode);
}

/** The members of requests and responses that hold an item, or items in a list. */
const ITEM = new Set([
  'Key',
  'Item',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
  'Attributes',
]);
const ITEMS = new Set(['Keys', 'Items']);

type Item = Record<string, unknown>;

/** The message with every item translated. The `Responses` of a batch are lists by table. */
function translated(message: unknown, item: (item: Item) => unknown): unknown {
  if (Array.isArray(message)) return message.map((part) => translated(part, item));
  if (typeof message !== 'object' || message === null) return message;
  const members = Object.entries(message).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (ITEM.has(name)) return [name, item(value)];
      if (ITEMS.has(name)) return [name, value.map(item)];
      if (name === 'Responses') {
        const byTable = Object.entries<Item[]>(value).map(([table, items]) => [table, items.map(item)]);
        return [name, Object.fromEntries(byTable)];
      }
      return [name, translated(value, item)];
    }),
  );
}
