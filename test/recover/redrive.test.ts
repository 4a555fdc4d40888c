/** The failed work of the sweeps: how it is shown, and how it is done again. The queues are the emulator's. */
import { CreateQueueCommand, type Message, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { type LocalQueues, startQueues } from '../../local/queues/sqs-local.ts';
import { startSqsServer } from '../../local/queues/sqs-server.ts';
import { SweepFailedError, SweepQueues } from '../../local/queues/sweep-queues.ts';
import { listingMessage } from '../../shared/contract/sweep-messages.ts';
import { sweepNamed } from '../../shared/contract/sweeps.ts';
import { instant, plusHours } from '../../shared/domain/instant.ts';
import { moveMessages } from '../../shared/sweeps/move-messages.ts';
import { countOf, queueUrlIn, type Sqs } from '../../tools/aws/queues.ts';
import { FAILURE_QUEUES, readFailures, sampleOf } from '../../tools/redrive/failures.ts';
import { listingsOf, sendListings } from '../../tools/sweep/send.ts';
import { JAN_31 } from '../support/books.ts';
import { aSend } from '../support/domain-builders.ts';
import { requestOf } from '../support/explore.ts';
import { TestSystem } from '../support/system.ts';

const DEV = { name: 'dev' };

describe('the failures of a stage', () => {
  let sqs: SQSClient;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const { endpoint, accessKeyId, stop: stopServer } = await startSqsServer();
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    stop = stopServer;
    for (const queue of FAILURE_QUEUES) {
      await sqs.send(new CreateQueueCommand({ QueueName: `inmail-credits-dev-${queue}` }));
      await sqs.send(new CreateQueueCommand({ QueueName: `inmail-credits-dev-${queue}-failures` }));
    }
  });
  afterAll(async () => {
    sqs.destroy();
    await stop();
  });

  const fill = async (part: string, bodies: readonly string[]) => {
    const QueueUrl = await queueUrlIn(sqs, DEV, part);
    for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    return QueueUrl;
  };

  it('every queue of failures is shown with its count and one message, which stays where it is', async () => {
    await fill('renew-wallets-failures', ['{"keys":[{"memberId":"ada","product":"premium"}]}', '{"keys":[]}']);
    for (let looks = 0; looks < 2; looks += 1) {
      const failures = await readFailures(sqs, DEV);
      expect(failures.map(({ queue, count }) => [queue, count])).toEqual(
        FAILURE_QUEUES.map((queue) => [queue, queue === 'renew-wallets' ? 2 : 0]),
      );
      expect(failures.find(({ queue }) => queue === 'renew-wallets')?.sample).toMatch(/^\{"keys":/);
    }
  });

  it('all messages of a queue of failures are sent to the queue of their work, and none is left', async () => {
    const bodies = Array.from({ length: 137 }, (_, index) => `{"n":${index}}`);
    const from = await fill('listings-failures', bodies);
    const to = await queueUrlIn(sqs, DEV, 'listings');
    let told = 0;
    const moved = await moveMessages(sqs, {
      from,
      to,
      onMoved: (count) => {
        told += count;
      },
    });
    expect([moved, told, await countOf(sqs, from), await countOf(sqs, to)]).toEqual([137, 137, 0, 137]);
  });

  it('a message that the queue does not take stays among the failures', async () => {
    const from = await fill('expire-inmails-failures', ['a', 'b', 'c']);
    const refusing = {
      send: async (command: { input: { Entries?: { Id: string }[] } }) => {
        if (command.constructor.name !== 'SendMessageBatchCommand') return sqs.send(command as never);
        return { Failed: [{ Id: '1', Message: 'busy' }] };
      },
    } as unknown as Sqs;
    await expect(moveMessages(refusing, { from, to: from })).rejects.toThrow('1 messages were not taken: busy');
    expect(await countOf(sqs, from)).toBe(1);
  });

  it('a missed sweep is queued as its schedules would do it, each group of shards once', async () => {
    const listings = listingsOf({
      ...{ sweep: 'renew-wallets', scheduledAt: instant('2026-12-01T00:05:00Z'), lookBackHours: 744 },
    });
    const shards = listings.flatMap(({ shards: range }) => {
      const { first, last } = range ?? expect.fail('a listing without shards');
      return Array.from({ length: last - first + 1 }, (_, more) => first + more);
    });
    expect(shards).toEqual(Array.from({ length: sweepNamed('renew-wallets').shards }, (_, shard) => shard));
    for (const listing of listings) expect(listingMessage.parse(JSON.parse(JSON.stringify(listing)))).toEqual(listing);
    const before = await countOf(sqs, await queueUrlIn(sqs, DEV, 'listings'));
    await sendListings(sqs, await queueUrlIn(sqs, DEV, 'listings'), listings);
    expect(await countOf(sqs, await queueUrlIn(sqs, DEV, 'listings'))).toBe(before + listings.length);
  });

  it('a listing that the queue does not take ends the command', async () => {
    const refusing = { send: async () => ({ Failed: [{ Id: '0', Message: 'busy' }] }) } as unknown as Sqs;
    const [listing] = listingsOf({ sweep: 'expire-inmails', scheduledAt: instant(0), lookBackHours: 0 });
    await expect(sendListings(refusing, 'any', listing ? [listing] : [])).rejects.toThrow(
      '1 listings were not taken: busy',
    );
  });
});

describe('a sample of failed work', () => {
  const scheduler: Message = {
    Body: '{"sweep":"renew-wallets"}',
    MessageAttributes: {
      ERROR_CODE: { DataType: 'String', StringValue: 'AWS.SimpleQueueService.NonExistentQueue' },
      ERROR_MESSAGE: { DataType: 'String', StringValue: 'The specified queue does not exist.' },
    },
  };
  const records: Message = {
    Body: JSON.stringify({
      requestContext: { condition: 'RetryAttemptsExhausted', functionArn: 'arn' },
      DDBStreamBatchInfo: {
        ...{ shardId: 'shardId-1', batchSize: 3 },
        approximateArrivalOfFirstRecord: '2026-11-27T09:00:00Z',
        approximateArrivalOfLastRecord: '2026-11-27T09:00:02Z',
      },
    }),
  };

  it.each<[string, Message, string]>([
    [
      'that Scheduler could not deliver',
      scheduler,
      'Scheduler could not deliver it: AWS.SimpleQueueService.NonExistentQueue The specified queue does not exist.',
    ],
    [
      'that the publisher gave up',
      records,
      'RetryAttemptsExhausted: 3 records of 2026-11-27T09:00:00Z to 2026-11-27T09:00:02Z',
    ],
    ['of a worker', { Body: '{"keys":[]}' }, '{"keys":[]}'],
    ['that is no JSON', { Body: 'x'.repeat(201) }, `${'x'.repeat(200)}…`],
  ])('a message %s is told by its reason, or else by its text', (_, message, sample) => {
    expect(sampleOf(message)).toBe(sample);
  });
});

describe('failed work on this machine', () => {
  let queues: LocalQueues;
  let isBroken: boolean;
  let system: TestSystem;
  let sweeps: SweepQueues;
  beforeEach(async () => {
    queues = await startQueues();
    isBroken = true;
    system = new TestSystem(JAN_31);
    const plan = { memberId: 'ada', product: 'premium', plan: 'premium-career' } as const;
    await requestOf(putSubscription, plan, JAN_31)(system.books);
    await requestOf(sendInMail, aSend({ senderId: 'ada', recipientId: 'bob' }), JAN_31)(system.books);
    const storeFor = () => {
      if (isBroken) throw new Error('broken');
      return system.runtime.storeFor();
    };
    sweeps = await SweepQueues.open({ queues, runtime: { ...system.runtime, storeFor } });
    return queues.stop;
  });

  it.each([
    ['renew-wallets', 31 * 24],
    ['remind-recipients', 72],
    ['expire-inmails', 91 * 24],
  ] as const)('failed listings of %s are done again once the cause is gone, and once only', async (sweep, hours) => {
    system.now = plusHours(JAN_31, hours);
    const message = { sweep, scheduledAt: system.now, lookBackHours: 72 };
    await expect(sweeps.run(message)).rejects.toThrow(SweepFailedError);
    const failuresOf = async () => (await sweeps.states()).find(({ name }) => name === 'listings')?.failures;
    expect(await failuresOf()).toBe(1);
    await expect(sweeps.redrive('listings')).rejects.toThrow(SweepFailedError);
    expect(await failuresOf()).toBe(1);
    isBroken = false;
    expect(await sweeps.redrive('listings')).toMatchObject({ moved: 1, written: 1, failed: 0 });
    expect(await failuresOf()).toBe(0);
    expect(await sweeps.run(message)).toMatchObject({ written: 0, failed: 0 });
    expect(await sweeps.redrive('listings')).toMatchObject({ moved: 0, found: 0 });
  });
});
