/** The queues of one machine, and the local form of Lambda's mapping on them, against the emulator itself. */
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EventSource, pollOnce } from '../../local/queues/event-source.ts';
import { depthOf, type LocalQueues, send, startQueues } from '../../local/queues/sqs-local.ts';
import { SweepFailedError, SweepQueues } from '../../local/queues/sweep-queues.ts';
import { sweepNamed } from '../../shared/contract/sweeps.ts';
import { type GiveBack, sqsGiveBack } from '../../shared/sweeps/give-back.ts';
import { TestSystem } from '../support/system.ts';

const sweep = 'renew-wallets';

describe('a mapping on a queue', () => {
  let local: LocalQueues;
  beforeEach(async () => {
    local = await startQueues({ visibilitySeconds: 1 });
    return local.stop;
  });

  /** A function that fails the given bodies, on a mapping of three messages at a time. */
  function createMapping(fails: (body: string) => boolean, more: Partial<EventSource> = {}) {
    const batches: string[][] = [];
    const source: EventSource = {
      client: local.client,
      queueUrl: local.queues[sweep].url,
      batchSize: 3,
      invoke: async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
        batches.push(Records.map(({ body }) => JSON.parse(body)));
        const failed = Records.filter(({ body }) => fails(JSON.parse(body)));
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
      ...more,
    };
    return { source, batches };
  }

  /** The function gives back the messages that it fails. */
  const givingBack = (source: EventSource, giveBack: GiveBack): EventSource => ({
    ...source,
    invoke: async (event) => {
      const response = await source.invoke(event);
      const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      await giveBack(event.Records.filter(({ messageId }) => failed.has(messageId)));
      return response;
    },
  });

  const fill = async (...bodies: string[]) => {
    const Entries = bodies.map((body) => ({ Id: body, MessageBody: JSON.stringify(body) }));
    await local.client.send(new SendMessageBatchCommand({ QueueUrl: local.queues[sweep].url, Entries }));
  };
  const depth = () => depthOf(local.client, local.queues[sweep].url);
  const failures = async () => (await depthOf(local.client, local.queues[sweep].failuresUrl)).waiting;

  it('a mapping hands over at most its batch size, and deletes finished messages', async () => {
    const { source, batches } = createMapping(() => false);
    await fill('a', 'b', 'c', 'd');
    const polled = [await pollOnce(source), await pollOnce(source), await pollOnce(source)];
    expect(polled.map(({ received }) => received.length)).toEqual([3, 1, 0]);
    expect(batches.map(({ length }) => length)).toEqual([3, 1]);
    expect(await depth()).toEqual({ waiting: 0, underWay: 0 });
  });

  it('a mapping keeps only failed messages, until the visibility timeout gives them back', async () => {
    let isBroken = true;
    const { source, batches } = createMapping((body) => isBroken && body === 'b');
    await fill('a', 'b', 'c');
    expect(await pollOnce(source)).toMatchObject({ retrying: [expect.any(String)], givenUp: [] });
    expect(await depth()).toEqual({ waiting: 0, underWay: 1 });
    expect((await pollOnce(source)).received).toEqual([]);
    isBroken = false;
    await expect.poll(async () => (await pollOnce(source)).received.length, { timeout: 20_000 }).toBe(1);
    expect(batches.at(-1)).toEqual(['b']);
    expect(await depth()).toEqual({ waiting: 0, underWay: 0 });
  });

  it.each([
    ['throws', () => Promise.reject(new Error('killed'))],
    ['names a message of another batch', async () => ({ batchItemFailures: [{ itemIdentifier: 'another' }] })],
  ])('a mapping keeps the whole batch of a function that %s', async (_, invoke) => {
    const { source } = createMapping(() => false, { invoke });
    await fill('a', 'b');
    expect((await pollOnce(source)).retrying).toHaveLength(2);
    expect(await depth()).toEqual({ waiting: 0, underWay: 2 });
  });

  it('a message that the function gives back comes again at its time, and not after the visibility timeout', async () => {
    const patient = await startQueues();
    try {
      const { source } = createMapping(() => true, { client: patient.client, queueUrl: patient.queues[sweep].url });
      await send(patient.client, source.queueUrl, 'a');
      const counts: number[] = [];
      const giveBack = sqsGiveBack(patient.client, (receives) => {
        counts.push(receives);
        return receives < 3 ? 0 : 60;
      });
      const giving = givingBack(source, giveBack);
      for (let polls = 0; polls < 5; polls += 1) await pollOnce(giving);
      expect(counts).toEqual([1, 2, 3]);
      expect(await depthOf(patient.client, source.queueUrl)).toEqual({ waiting: 0, underWay: 1 });
    } finally {
      await patient.stop();
    }
  });

  it('a mapping gives a message eight times before the dead-letter queue has it, while all else goes on', async () => {
    const { source, batches } = createMapping((body) => body === 'poison');
    await fill('a', 'poison', 'c');
    const giving = givingBack(
      source,
      sqsGiveBack(local.client, () => 0),
    );
    for (let polls = 0; polls < 12; polls += 1) await pollOnce(giving);
    expect(batches.flat().filter((body) => body === 'poison')).toHaveLength(8);
    expect(
      batches
        .flat()
        .filter((body) => body !== 'poison')
        .sort(),
    ).toEqual(['a', 'c']);
    expect([await depth(), await failures()]).toEqual([{ waiting: 0, underWay: 0 }, 1]);
  });
});

describe('a sweep through queues', () => {
  let local: LocalQueues;
  let sweeps: SweepQueues;
  let system: TestSystem;
  beforeAll(async () => {
    local = await startQueues();
  });
  afterAll(() => local.stop());
  beforeEach(async () => {
    system = new TestSystem('2024-01-31T15:00:00Z');
    for (let n = 0; n < 30; n += 1) await system.subscribe(`m${n}`, 'premium-career');
    system.at('2024-04-30T00:05:00Z');
    sweeps = await SweepQueues.open({ queues: local, runtime: system.runtime });
  });
  const listing = () => ({ sweep, scheduledAt: system.now, lookBackHours: sweepNamed(sweep).lookBackHours }) as const;

  it('a sweep finishes its work, and leaves nothing in any queue', async () => {
    const report = await sweeps.run(listing());
    expect(report).toEqual({
      found: 30,
      written: 90,
      overtaken: 0,
      leftOut: 0,
      failed: 0,
      oldestDueAt: '2024-02-29T00:00:00.000Z',
    });
    expect(system.audit()).toEqual([]);
    expect(await sweeps.run(listing())).toEqual({ found: 30, written: 0, overtaken: 30, leftOut: 0, failed: 0 });
    for (const state of await sweeps.states()) expect(state).toMatchObject({ waiting: 0, underWay: 0, failures: 0 });
  });

  it('a sweep over a corrupt wallet puts the batch into the dead-letter queue, and finishes all else', async () => {
    const tail = system.books.ledger.tail;
    const broken = { ...system.books.ledger, tail: async (id: string) => breakOne(id, await tail(id)) };
    Object.assign(system.books, { ledger: broken });
    await expect(sweeps.run(listing())).rejects.toThrow(SweepFailedError);
    const renewed = system.books.books().entries.filter(({ type }) => type === 'renewed');
    expect(renewed).toHaveLength(29 * 3);
    const [state] = (await sweeps.states()).filter(({ name }) => name === sweep);
    expect(state).toEqual({ name: sweep, waiting: 0, underWay: 0, failures: 1 });
  });

  it('a sweep with an invalid message fails with a reason', async () => {
    const before = (await sweeps.states())[0]?.failures ?? 0;
    await expect(sweeps.run({ ...listing(), lookBackHours: -1 })).rejects.toThrow('1 messages ended');
    expect((await sweeps.states())[0]).toEqual({ name: 'listings', waiting: 0, underWay: 0, failures: before + 1 });
  });

  it('a sweep waits for messages that the visibility timeout gives back', async () => {
    const patient = await startQueues({ visibilitySeconds: 1 });
    try {
      let calls = 0;
      const waiting = await SweepQueues.open({
        queues: patient,
        runtime: system.runtime,
        intercept: (invoke) => async (event) => {
          calls += 1;
          if (calls === 1) throw new Error('killed');
          return invoke(event);
        },
      });
      expect(await waiting.run(listing())).toMatchObject({ found: 30, written: 90, failed: 0 });
    } finally {
      await patient.stop();
    }
  });

  it('a sweep takes along the messages that an operator sent to the queue', async () => {
    await send(local.client, local.queues.listings.url, { ...listing(), shards: { first: 0, last: 31 } });
    expect(await sweeps.run({ ...listing(), shards: { first: 32, last: 63 } })).toMatchObject({
      found: 30,
      written: 90,
    });
  });
});

const breakOne = <Tail extends object>(id: string, tail: Tail | undefined): Tail | undefined =>
  tail && id === 'm7#premium' ? { ...tail, plan: 'no-such-plan' } : tail;
