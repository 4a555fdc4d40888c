/** A failed call of the store names itself, because an operator must see at night which table it was. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import type { DocumentClient } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { Store } from '../../shared/store/store.ts';
import { entry, inmail, JAN_31 } from '../support/books.ts';

const tables = { subscriptions: 'S', ledger: 'L', inmails: 'I', connections: 'C' };
const THROTTLED = Object.assign(new Error('slow down'), {
  name: 'ThrottlingException',
  $metadata: { attempts: 3 },
});

const storeOn = (send: () => Promise<unknown>): Store => dynamoStore({ client: { send } as DocumentClient, tables });

const parts = { senderId: 'ada', recipientId: 'bob', n: 1 };
const page = { limit: 10 };
const append: Change = { kind: 'append-entry', entry: entry('ada#premium', 1) };
const create: Change = { kind: 'create-inmail', inmail: inmail() };
const hide: Change = { kind: 'hide-inmail', ...parts, from: 'sender' };
const disconnect: Change = { kind: 'disconnect', memberId: 'ada', otherId: 'bob' };

const CALLS: readonly [string, string, (store: Store) => Promise<unknown>][] = [
  ['Query', 'L', (store) => store.ledger.tail('ada#premium')],
  ['GetItem', 'L', (store) => store.ledger.entry('ada#premium', 1)],
  ['BatchGetItem', 'L', (store) => store.ledger.entries('ada#premium', [1])],
  ['GetItem', 'I', (store) => store.inmails.get(parts)],
  ['BatchGetItem', 'I', (store) => store.inmails.getAll([parts])],
  ['Query', 'I', (store) => store.inmails.inbox('bob', page)],
  ['Query', 'I', (store) => store.inmails.due({ shard: 0, from: JAN_31, to: JAN_31 }, page)],
  ['Query', 'S', (store) => store.subscriptions.renewing({ renewalDay: 1, shard: 0 }, page)],
  ['GetItem', 'C', (store) => store.connections.has('ada', 'bob')],
  ['PutItem', 'L', (store) => store.transact([append])],
  ['UpdateItem', 'I', (store) => store.transact([hide])],
  ['DeleteItem', 'C', (store) => store.transact([disconnect])],
  ['TransactWriteItems', 'L, I', (store) => store.transact([append, create])],
];

describe('a call that fails', () => {
  it.each(CALLS)('a failed %s on %s names itself', async (operation, table, call) => {
    await expect(call(storeOn(() => Promise.reject(THROTTLED)))).rejects.toMatchObject({
      name: 'BusyError',
      call: { operation, table, awsError: 'ThrottlingException', attempts: 3 },
    });
  });

  it('a batch that DynamoDB leaves unread names its table and its rounds', async () => {
    const store = storeOn(async () => ({ UnprocessedKeys: { L: { Keys: [{ walletId: 'ada#premium', seq: 1 }] } } }));
    await expect(store.ledger.entries('ada#premium', [1])).rejects.toMatchObject({
      call: { operation: 'BatchGetItem', table: 'L', awsError: 'UnprocessedKeys', attempts: expect.any(Number) },
    });
  });
});
