import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import { answer } from '../../shared/domain/inmail.ts';
import { transact, writeItemOf } from '../../shared/store/transaction.ts';
import { entry, inmail, JAN_31 } from '../support/books.ts';

const tables = { subscriptions: 'S', ledger: 'L', inmails: 'I', connections: 'C' };
const wallet = { memberId: 'ada', product: 'premium', plan: 'premium-career', renewalDay: 31, term: 2 } as const;
const parts = { senderId: 'ada', recipientId: 'bob', n: 1 };
const answered = answer(inmail(), { type: 'accept', at: JAN_31 }, { credit: 'returned' });

/** I22: every change is exactly one item of one table, under exactly this condition. */
const ITEMS: [Change, 'Put' | 'Update' | 'Delete', string, string | undefined][] = [
  [{ kind: 'append-entry', entry: entry('ada#premium', 1) }, 'Put', 'L', 'attribute_not_exists(walletId)'],
  [
    { kind: 'start-subscription', ...wallet, signedUpAt: JAN_31, anchorDay: 31 },
    'Put',
    'S',
    'attribute_not_exists(memberId) OR term = :before',
  ],
  [{ kind: 'change-plan', ...wallet }, 'Update', 'S', 'term = :before'],
  [{ kind: 'end-subscription', memberId: 'ada', product: 'premium', term: 2 }, 'Update', 'S', 'term = :before'],
  [{ kind: 'create-inmail', inmail: inmail() }, 'Put', 'I', 'attribute_not_exists(senderId)'],
  [
    { kind: 'record-response', inmail: answered },
    'Update',
    'I',
    'attribute_exists(senderId) AND attribute_not_exists(#response)',
  ],
  [
    { kind: 'record-reminder', ...parts, sentAt: JAN_31, remindedAt: JAN_31 },
    'Update',
    'I',
    '#status = :pending AND sentAt = :sent AND attribute_not_exists(remindedAt) AND attribute_not_exists(hiddenByRecipient)',
  ],
  [{ kind: 'record-expiry', ...parts, sentAt: JAN_31 }, 'Update', 'I', '#status = :pending AND sentAt = :sent'],
  [{ kind: 'hide-inmail', ...parts, from: 'sender' }, 'Update', 'I', 'attribute_exists(senderId)'],
  [{ kind: 'connect', memberId: 'ada', otherId: 'bob', connectedAt: JAN_31 }, 'Update', 'C', undefined],
  [{ kind: 'disconnect', memberId: 'ada', otherId: 'bob' }, 'Delete', 'C', undefined],
];

const NAMED = ITEMS.map(([change, operation, table, condition]) => ({
  name: change.kind,
  change,
  operation,
  table,
  condition,
}));

describe('a change', () => {
  it.each(NAMED)(
    'the change $name is one $operation to table $table under the condition $condition',
    ({ change, operation, table, condition }) => {
      const item = writeItemOf(change, tables);
      expect(Object.keys(item)).toEqual([operation]);
      expect(item[operation]?.TableName).toBe(table);
      expect(item[operation]?.ConditionExpression).toBe(condition);
    },
  );
});

describe('transact', () => {
  /** A client that records requests, and sends nothing. */
  function recorder() {
    const sent: { name: string; body: { ClientRequestToken?: string; TransactItems?: unknown[] } }[] = [];
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ region: 'local', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    );
    client.middlewareStack.add(
      (_next, { commandName }) =>
        async ({ request }) => {
          sent.push({
            name: commandName ?? '',
            body: JSON.parse(new TextDecoder().decode((request as { body: Uint8Array }).body)),
          });
          return { response: {}, output: { $metadata: {} } } as never;
        },
      { step: 'build' },
    );
    return { database: { client, tables }, sent };
  }
  const entries = (count: number): Change[] =>
    Array.from({ length: count }, (_, index) => ({ kind: 'append-entry', entry: entry('ada#premium', index + 1) }));

  it.each(NAMED)('the change $name alone is a plain write, at half the price', async ({ change, operation }) => {
    const { database, sent } = recorder();
    await transact(database, [change]);
    expect(sent.map(({ name }) => name)).toEqual([
      { Put: 'PutItemCommand', Update: 'UpdateItemCommand', Delete: 'DeleteItemCommand' }[operation],
    ]);
  });

  it('several changes are one transaction, each time under a new client token', async () => {
    const { database, sent } = recorder();
    await transact(database, entries(3));
    await transact(database, entries(3));
    expect(sent.map(({ name, body }) => [name, body.TransactItems?.length])).toEqual([
      ['TransactWriteItemsCommand', 3],
      ['TransactWriteItemsCommand', 3],
    ]);
    const [first, second] = sent.map(({ body }) => body.ClientRequestToken);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it('nothing is sent when nothing changes, nor of more than 100 changes', async () => {
    const { database, sent } = recorder();
    await transact(database, []);
    await expect(transact(database, entries(101))).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});
