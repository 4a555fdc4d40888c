/** The log of changes as the streams of the tables, over a restart and with a publisher that fails. */
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import type { Engine } from '../../local/engine.ts';
import { openSqlite } from '../../local/sqlite/sqlite-engine.ts';
import { startEventFeed } from '../../local/streams/feed.ts';
import type { RecordSource } from '../../local/streams/record-source.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { inmail } from '../support/books.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-changes-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const sourceOf = async (engine: Engine): Promise<RecordSource> => {
  const [source] = await engine.openSources();
  if (!source) throw new Error('SQLite has one source');
  return source;
};

async function recordsIn(source: RecordSource): Promise<DynamoDBRecord[]> {
  return (await source.next()).flatMap(({ records }) => [...records]);
}

describe('the log of changes', () => {
  it('a record is the one that DynamoDB would give, for an insert, a change and a removal', async () => {
    const engine = openSqlite(undefined);
    const source = await sourceOf(engine);
    const Key = { senderId: 'ada', recipientN: 'bob#000001' };
    const TableName = 'inmails';
    await engine.client.send(new PutCommand({ TableName, Item: { ...Key, n: 1, hidden: true } }));
    const more = { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 2 } };
    await engine.client.send(new UpdateCommand({ TableName, Key, ...more }));
    await engine.client.send(new DeleteCommand({ TableName, Key }));
    const keys = { senderId: { S: 'ada' }, recipientN: { S: 'bob#000001' } };
    const images = [1, 2].map((n) => ({ ...keys, n: { N: String(n) }, hidden: { BOOL: true } }));
    const records = await recordsIn(source);
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.OldImage, dynamodb?.NewImage])).toEqual([
      ['INSERT', undefined, images[0]],
      ['MODIFY', images[0], images[1]],
      ['REMOVE', images[1], undefined],
    ]);
    for (const { dynamodb } of records) {
      expect(dynamodb).toMatchObject({ Keys: keys, StreamViewType: 'NEW_AND_OLD_IMAGES' });
      expect(dynamodb?.SequenceNumber).toMatch(/^\d{21,}$/);
    }
    const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect(numbers).toEqual([...new Set(numbers)].sort());
    await engine.stop();
  });

  it('an item that stays as it is, a failed condition and a table without a stream make no record', async () => {
    const engine = openSqlite(undefined);
    const source = await sourceOf(engine);
    const store = dynamoStore(engine);
    const [from, to] = ['ada', 'bob'];
    const sent = inmail({ from, to });
    await store.transact([{ kind: 'create-inmail', inmail: sent }]);
    const hide = { kind: 'hide-inmail', senderId: from, recipientId: to, n: 1, from: 'sender' } as const;
    await store.transact([hide]);
    await store.transact([hide]);
    await expect(store.transact([{ kind: 'create-inmail', inmail: sent }])).rejects.toThrow();
    await store.transact([{ kind: 'connect', memberId: from, otherId: to, connectedAt: instant(0) }]);
    expect((await recordsIn(source)).map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
    await engine.stop();
  });

  it('records keep the order of the commits, in batches of one table', async () => {
    const engine = openSqlite(undefined);
    const source = await sourceOf(engine);
    const deps = { store: dynamoStore(engine), rules: RULES, now: instant('2024-01-31T15:00:00Z') };
    await putSubscription({ memberId: 'ada', product: 'premium', plan: 'premium-career' }, deps);
    const letter = { senderId: 'ada', product: 'premium', subject: 'Hi', body: 'Hello' } as const;
    await sendInMail({ ...letter, recipientId: 'bob', idempotencyKey: 'a' }, deps);
    await sendInMail({ ...letter, recipientId: 'cyd', idempotencyKey: 'b' }, deps);
    const batches = await source.next();
    expect(batches.map(({ table }) => table)).toEqual(['ledger', 'inmails', 'ledger', 'inmails']);
    expect(batches.map(({ records }) => records.length)).toEqual([2, 1, 1, 1]);
    await engine.stop();
  });

  it('a record is given again until it is settled, and its number is never used again', async () => {
    const first = openSqlite(dataDir);
    await dynamoStore(first).transact([{ kind: 'create-inmail', inmail: inmail({ from: 'ada', to: 'bob' }) }]);
    const before = await recordsIn(await sourceOf(first));
    expect(before).toHaveLength(1);
    await first.stop();

    const second = openSqlite(dataDir);
    const source = await sourceOf(second);
    const [batch] = await source.next();
    expect(batch?.records).toEqual(before);
    batch?.settle();
    expect(await source.next()).toEqual([]);
    await second.stop();

    const third = openSqlite(dataDir);
    await dynamoStore(third).transact([{ kind: 'create-inmail', inmail: inmail({ from: 'ada', to: 'cyd' }) }]);
    const [after] = await recordsIn(await sourceOf(third));
    expect(Number(after?.dynamodb?.SequenceNumber)).toBeGreaterThan(Number(before[0]?.dynamodb?.SequenceNumber));
    await third.stop();
  });

  it('a reader that waits hears of a change, also of one that came before its wait', async () => {
    const engine = openSqlite(undefined);
    const source = await sourceOf(engine);
    const create = (to: string) =>
      dynamoStore(engine).transact([{ kind: 'create-inmail', inmail: inmail({ from: 'ada', to }) }]);
    const never = new AbortController();
    expect(await source.next()).toEqual([]);
    await create('bob');
    await source.wait(never.signal);
    for (const { settle } of await source.next()) settle();
    const waiting = source.wait(never.signal);
    await create('cyd');
    await waiting;
    for (const { settle } of await source.next()) settle();
    expect(getEventListeners(never.signal, 'abort')).toEqual([]);
    const stopped = source.wait(never.signal);
    never.abort();
    await stopped;
    await engine.stop();
  });
});

describe('the feed', () => {
  it('events that were written but not told before a crash are told after it, once', async () => {
    const crashed = openSqlite(dataDir);
    const depsOf = (engine: Engine) => ({
      ...{ store: dynamoStore(engine), rules: RULES, now: instant('2024-01-31T15:00:00Z') },
    });
    await putSubscription({ memberId: 'ada', product: 'premium', plan: 'premium-career' }, depsOf(crashed));
    await crashed.stop();
    for (const [memberId, expected] of [
      ['bob', ['ada#premium#1', 'bob#premium#1']],
      ['cyd', ['cyd#premium#1']],
    ] as const) {
      const engine = openSqlite(dataDir);
      const feed = await startEventFeed(await engine.openSources());
      const told: string[] = [];
      feed.log.follow(undefined, { onEvent: ({ eventId }) => told.push(eventId) });
      await putSubscription({ memberId, product: 'premium', plan: 'premium-career' }, depsOf(engine));
      await vi.waitFor(() => expect(told).toEqual(expected));
      await feed.stop();
      await engine.stop();
    }
  });
});
