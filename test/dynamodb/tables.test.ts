import { CreateTableCommand, DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { readAwaited } from '../../local/clock/awaited.ts';
import { type DynamoDbLocal, localClient, startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

let dynamo: DynamoDbLocal;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  if (!HAS_JAVA) return;
  dynamo = await startDynamoDbLocal();
  client = localClient(dynamo);
});
afterAll(async () => {
  client?.destroy();
  await dynamo?.stop();
});

const tableNames = async () => (await client.send(new ListTablesCommand({}))).TableNames;

describe.skipIf(!HAS_JAVA)(`the tables in DynamoDB Local ${NEEDS_JAVA}`, () => {
  it('the tables are those of the data stack, under any prefix', async () => {
    const tables = await createTables(client, 'one-');
    expect(tables).toEqual({
      subscriptions: 'one-subscriptions',
      ledger: 'one-ledger',
      inmails: 'one-inmails',
      connections: 'one-connections',
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tables.inmails }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'senderId' }, { AttributeName: 'recipientN' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(['due', 'inbox']);
  });

  it('the tables are made once, and existing ones stay', async () => {
    const tables = await createTables(client, 'two-');
    const store = dynamoStore({ client, tables });
    const connection = { kind: 'connect', memberId: 'ada', otherId: 'bob', connectedAt: instant(0) } as const;
    await store.transact([connection]);
    expect(await createTables(client, 'two-')).toEqual(tables);
    expect(await store.connections.has('ada', 'bob')).toBe(true);
    expect((await tableNames())?.filter((name) => name.startsWith('two-'))).toHaveLength(4);
  });

  it('the tables of another version, with other keys, are refused', async () => {
    await client.send(
      new CreateTableCommand({
        TableName: 'three-ledger',
        KeySchema: [{ AttributeName: 'walletId', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'walletId', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await expect(createTables(client, 'three-')).rejects.toThrow('table three-ledger was made by another version');
  });

  it('the tables list the pending work: the renewal days in use, and the times of pending InMails', async () => {
    const tables = await createTables(client, 'four-');
    expect(await readAwaited({ client, tables })).toEqual({ renewalDays: new Set(), sentAts: [] });
    const now = instant('2027-01-31T12:00:00Z');
    const deps = { store: dynamoStore({ client, tables }), rules: RULES, now };
    await putSubscription({ memberId: 'ada', product: 'premium', plan: 'premium-career' }, deps);
    await putSubscription({ memberId: 'bob', product: 'sales-navigator', plan: 'sales-navigator-core' }, deps);
    const letter = { product: 'premium', subject: 'Hi', body: 'Hello', idempotencyKey: 'k' } as const;
    await sendInMail({ senderId: 'ada', recipientId: 'cyd', ...letter }, deps);
    expect(await readAwaited({ client, tables })).toEqual({ renewalDays: new Set([1, 31]), sentAts: [now] });
    await deps.store.transact([{ kind: 'record-expiry', senderId: 'ada', recipientId: 'cyd', n: 1, sentAt: now }]);
    expect((await readAwaited({ client, tables })).sentAts).toEqual([]);
  });
});

describe.skipIf(!HAS_JAVA)(`DynamoDB Local ${NEEDS_JAVA}`, () => {
  it('DynamoDB Local refuses requests of a page in a browser', async () => {
    const preflight = await fetch(dynamo.endpoint, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('DynamoDB Local reports a port in use', async () => {
    const port = Number(new URL(dynamo.endpoint).port);
    await expect(startDynamoDbLocal({ port })).rejects.toThrow(`port ${port} is in use`);
  });
});
