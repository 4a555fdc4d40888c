import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** The attributes behind the placeholders of the store's queries. */
const ATTRIBUTES: Record<string, string> = {
  ':wallet': 'walletId',
  ':sender': 'senderId',
  ':recipient': 'recipientId',
  ':day': 'renewalDay',
  ':shard': 'shard',
};

/**
 * A DynamoDB that remembers puts, newest last, and notes each call as a role needs it: `inmails/due Query`. It ignores
 * conditions and updates, because the store has its own tests of those.
 */
export function createRecorder() {
  const calls = new Set<string>();
  const tables = new Map<string, Item[]>();
  const note = (place: string | undefined, action: string) => calls.add(`${place} ${action}`);
  const itemsOf = (table = '') => tables.get(table) ?? [];
  const find = (table: string | undefined, key: Item = {}) =>
    itemsOf(table).find((item) => Object.entries(key).every(([name, value]) => item[name] === value));

  const write = ({ Put, Update, Delete }: Writes) => {
    if (Put) {
      note(Put.TableName, 'PutItem');
      tables.set(Put.TableName ?? '', [...itemsOf(Put.TableName), Put.Item ?? {}]);
    }
    if (Update) note(Update.TableName, 'UpdateItem');
    if (Delete) note(Delete.TableName, 'DeleteItem');
    return {};
  };

  const query = ({ TableName, IndexName, ExpressionAttributeValues = {}, Limit }: QueryCommand['input']) => {
    note(IndexName ? `${TableName}/${IndexName}` : TableName, 'Query');
    const wanted = Object.entries(ExpressionAttributeValues).filter(([name]) => name in ATTRIBUTES);
    const found = itemsOf(TableName).filter((item) =>
      wanted.every(([name, value]) => item[ATTRIBUTES[name] ?? ''] === value),
    );
    return { Items: found.toReversed().slice(0, Limit) };
  };

  const send = async (command: unknown) => {
    if (command instanceof PutCommand) return write({ Put: command.input });
    if (command instanceof UpdateCommand) return write({ Update: command.input });
    if (command instanceof DeleteCommand) return write({ Delete: command.input });
    if (command instanceof TransactWriteCommand) return (command.input.TransactItems ?? []).map(write);
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof GetCommand) {
      note(command.input.TableName, 'GetItem');
      return { Item: find(command.input.TableName, command.input.Key) };
    }
    if (command instanceof BatchGetCommand) {
      const requests = Object.entries(command.input.RequestItems ?? {});
      for (const [table] of requests) note(table, 'BatchGetItem');
      return {
        Responses: Object.fromEntries(
          requests.map(([table, { Keys = [] }]) => [table, Keys.map((key) => find(table, key))]),
        ),
      };
    }
    throw new Error(`a command the recorder does not know: ${command?.constructor.name}`);
  };
  return { calls, client: { send } as unknown as DynamoDBDocumentClient };
}

type Writes = {
  Put?: PutCommand['input'] | undefined;
  Update?: Partial<UpdateCommand['input']> | undefined;
  Delete?: Partial<DeleteCommand['input']> | undefined;
};
