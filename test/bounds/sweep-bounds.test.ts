/** The bounds of queues and of the bus, each at one less, at the bound and at one more. */
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { publishEvents } from '../../functions/publish-events.ts';
import { batchMessageOf } from '../../shared/contract/sweep-messages.ts';
import { ofEachSweep, remindRecipients, renewWallets } from '../../shared/contract/sweeps.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { putAll } from '../../shared/events/put-all.ts';
import type { InMailKey, PageRequest, Store } from '../../shared/store/store.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';
import { workBatch } from '../../shared/sweeps/worker.ts';
import { appended } from '../events/records.ts';
import { anEntry } from '../support/domain-builders.ts';

const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const PATIENCE = { random: () => 0, pause: async () => {} };
const NOW = instant('2026-11-30T00:05:00Z');

/** An SQS that takes at most ten messages in a call, and fails the first calls. */
function queue(failures = 0) {
  const taken: string[] = [];
  const calls: number[] = [];
  const send = async ({ input: { Entries = [] } }: SendMessageBatchCommand) => {
    calls.push(Entries.length);
    if (Entries.length > 10 || Entries.length === 0) throw new Error('TooManyEntriesInBatchRequest');
    if (calls.length <= failures) throw new Error('timed out');
    taken.push(...Entries.map(({ MessageBody = '' }) => MessageBody));
    return {};
  };
  const urls = ofEachSweep(({ name }) => name);
  return { outbox: sqsOutbox({ send } as unknown as Pick<SQSClient, 'send'>, urls, PATIENCE), taken, calls };
}

describe('the outbox', () => {
  it.each([0, 1, 9, 10, 11, 19, 20, 21])('the outbox queues each of %i batches once, ten in a call', async (count) => {
    const { outbox, taken, calls } = queue();
    const bodies = countTo(count).map(String);
    await outbox('renew-wallets', bodies);
    expect(taken).toEqual(bodies);
    expect(calls).toHaveLength(Math.ceil(count / 10));
  });

  it.each([
    [1, 'sent'],
    [2, 'sent'],
    [3, 'busy'],
  ])("the outbox's batch after %i failures in a row is %s", async (failures, outcome) => {
    const sending = queue(failures).outbox('renew-wallets', ['a']);
    expect(await sending.then(() => 'sent').catch(() => 'busy')).toBe(outcome);
  });
});

describe('the lister', () => {
  /** A part of the index with so many keys, and the lengths of its pages of results. */
  const partOf = (count: number) => {
    const limits: number[] = [];
    const due = async (_part: unknown, { limit, after }: PageRequest<InMailKey>) => {
      limits.push(limit);
      const start = after?.n ?? 0;
      const end = Math.min(start + limit, count);
      const keys = countTo(end - start).map((n) => ({
        senderId: 'a',
        recipientId: 'b',
        n: start + n,
        sentAt: instant('2026-11-27T00:30:00Z'),
      }));
      // DynamoDB does the same: a full page of results says where to go on, even if nothing follows.
      const next = keys.length === limit ? keys.at(-1) : undefined;
      return { keys, ...(next && { next }) };
    };
    return { store: { inmails: { due } } as unknown as Store, limits };
  };

  it.each([0, 1, 99, 100, 101, 999, 1_000, 1_001, 1_999, 2_000, 2_001])(
    'the lister hands on each of %i keys once, 100 in a batch and ten batches in a call',
    async (count) => {
      const { store, limits } = partOf(count);
      const calls: string[][] = [];
      const noon = instant('2026-11-30T12:00:00Z');
      const message = {
        sweep: 'remind-recipients',
        scheduledAt: noon,
        lookBackHours: 0,
        shards: { first: 3, last: 3 },
      };
      await listDue(message as never, { store, rules: RULES, now: noon }, async (_, bodies) => {
        calls.push([...bodies]);
      });
      const batches = calls.flat().map((body) => batchMessageOf(remindRecipients).parse(JSON.parse(body)).keys);
      expect(batches.flat().map(({ n }) => n)).toEqual(countTo(count));
      expect(calls.every(({ length }) => length <= 10)).toBe(true);
      expect(new Set(limits)).toEqual(new Set([1_000]));
    },
  );

  it.each([
    [98, true],
    [99, true],
    [100, true],
    [101, false],
  ])('a worker takes a batch of %i keys: %s', (count, isTaken) => {
    const keys = countTo(count).map((n) => ({ memberId: `m${n}`, product: 'premium' }));
    expect(batchMessageOf(renewWallets).safeParse({ keys }).success).toBe(isTaken);
  });
});

const NO_WAITS = { random: () => 0, pause: async () => {} };

describe('the worker', () => {
  it.each([1, 15, 16, 17, 33])('the worker handles each of %i keys once, and at most 16 at a time', async (count) => {
    let [underWay, most] = [0, 0];
    const handled: number[] = [];
    const handle = async (key: number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      handled.push(key);
      underWay -= 1;
      return { written: 1 };
    };
    const deps = { store: {} as Store, rules: RULES, now: NOW };
    expect(
      (await workBatch(countTo(count), { handleKey: handle, deps, patience: NO_WAITS, onFailure: () => {} })).written,
    ).toBe(count);
    expect(handled.sort((one, other) => one - other)).toEqual(countTo(count));
    expect(most).toBe(Math.min(count, 16));
  });
});

describe('the publisher', () => {
  it.each([0, 1, 9, 10, 11, 19, 20, 21])('the publisher puts each of %i events once, ten in a call', async (count) => {
    const calls: string[][] = [];
    const put = async (events: readonly { eventId: string }[]) => {
      calls.push(events.map(({ eventId }) => eventId));
      return [];
    };
    const records = countTo(count).map((seq) => appended(anEntry({ seq, type: 'renewed', delta: 5, balance: 15 })));
    expect(await publishEvents(records, { bus: { put }, rules: RULES, ...PATIENCE })).toEqual({ events: count });
    expect(calls.flat()).toEqual(countTo(count).map((seq) => `ada#premium#${seq}`));
    expect(calls.map(({ length }) => length)).toEqual(
      countTo(Math.ceil(count / 10)).map((n) => Math.min(10, count - 10 * (n - 1))),
    );
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
  ])('the publisher after %i failures in a row has %i events left', async (failures, left) => {
    let calls = 0;
    const put = async () => {
      calls += 1;
      if (calls <= failures) throw new Error('timed out');
      return [];
    };
    const result = await putAll([{ eventId: 'a' } as never], { bus: { put }, rules: RULES, ...PATIENCE });
    expect(result.left).toHaveLength(left);
  });
});
