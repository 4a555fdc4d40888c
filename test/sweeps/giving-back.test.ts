/** Failed messages come again in minutes, and the failure is counted with the name of its function. */
import type { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { MAX_RECEIVES, retrySecondsAfter } from '../../shared/contract/queues.ts';
import { BusyError } from '../../shared/store/store.ts';
import { type GiveBack, sqsGiveBack } from '../../shared/sweeps/give-back.ts';
import type { Outbox } from '../../shared/sweeps/outbox.ts';
import { CONTEXT } from '../support/context.ts';
import { feed } from '../support/sweeping.ts';
import { failCommits, partsOf, TestSystem } from '../support/system.ts';
import { whatIsTold } from '../support/told.ts';

const QUEUE = 'inmail-credits-dev-listings';
const record = (messageId: string, receives: number) =>
  ({
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    attributes: { ApproximateReceiveCount: String(receives) },
    eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:${QUEUE}`,
  }) as SQSRecord;

/** An SQS that knows one queue. */
function createSqs(answer: object = {}) {
  const changes: ChangeMessageVisibilityBatchCommand['input'][] = [];
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    if (input.QueueName) return { QueueUrl: `https://sqs/${input.QueueName}` };
    changes.push(input as unknown as ChangeMessageVisibilityBatchCommand['input']);
    return answer;
  };
  return { client: { send } as unknown as Pick<SQSClient, 'send'>, changes };
}

describe('a message that is given back', () => {
  it('a message comes again after a minute, then after longer times, and goes on at once after the last', () => {
    const waits = Array.from({ length: MAX_RECEIVES }, (_, index) => retrySecondsAfter(index + 1));
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900, 0]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(3_600);
  });

  it('messages are given back to the queue that they came from, each for the time of its own tries', async () => {
    const { client, changes } = createSqs();
    await sqsGiveBack(client)([record('a', 1), record('b', 3)]);
    expect(changes).toEqual([
      {
        QueueUrl: `https://sqs/${QUEUE}`,
        Entries: [
          { Id: '0', ReceiptHandle: 'receipt of a', VisibilityTimeout: 60 },
          { Id: '1', ReceiptHandle: 'receipt of b', VisibilityTimeout: 240 },
        ],
      },
    ]);
  });

  it('SQS is not asked if there is nothing to give back', async () => {
    const { client, changes } = createSqs();
    await sqsGiveBack(client)([]);
    expect(changes).toEqual([]);
  });

  it('a message that SQS does not take back is an error with its code', async () => {
    const { client } = createSqs({ Failed: [{ Id: '0', Code: 'MessageNotInflight' }] });
    await expect(sqsGiveBack(client)([record('a', 1)])).rejects.toThrow('1 of 1 messages: MessageNotInflight');
  });
});

const MINUTE = '{"keys":[{"memberId":"ada","product":"premium"}]}';
const FUNCTION = 'inmail-credits-dev-renew-wallets';

async function dueSystem(wrap?: ConstructorParameters<typeof TestSystem>[1]): Promise<TestSystem> {
  const system = new TestSystem('2024-01-31T15:00:00Z', wrap);
  await system.subscribe('ada', 'premium-career');
  return system.at('2024-02-29T00:05:00Z');
}

function createGiveBack(then: () => void = () => {}) {
  const given: string[] = [];
  const giveBack: GiveBack = async (messages) => {
    given.push(...messages.map(({ messageId }) => messageId));
    then();
  };
  return { giveBack, given };
}

const contextWith = (millis: number): Context => ({
  ...CONTEXT,
  functionName: FUNCTION,
  getRemainingTimeInMillis: () => millis,
});

describe('a function on a queue', () => {
  it('a worker gives back the messages that failed, and no others', async () => {
    const system = await dueSystem();
    const { giveBack, given } = createGiveBack();
    expect(await feed('renew-wallets', ['poison', MINUTE, '{'], { ...system.runtime, giveBack })).toHaveLength(2);
    expect(given).toEqual(['message-1', 'message-3']);
  });

  it('a worker whose messages are all done gives nothing back', async () => {
    const system = await dueSystem();
    const giveBack: GiveBack = () => Promise.reject(new Error('not to be called'));
    const { logs } = await whatIsTold(() => feed('renew-wallets', [MINUTE], { ...system.runtime, giveBack }));
    expect(logs).toEqual([]);
  });

  it('the lister gives its message back if it cannot send', async () => {
    const system = await dueSystem();
    const { giveBack, given } = createGiveBack();
    const outbox: Outbox = () => Promise.reject(new BusyError('no queue'));
    const message = JSON.stringify({ sweep: 'renew-wallets', scheduledAt: system.now, lookBackHours: 0 });
    expect(await feed('list-due', [message], { ...system.runtime, outbox, giveBack })).toEqual([message]);
    expect(given).toEqual(['message-1']);
  });

  it('a failed message is counted with the name of its function, and logged with the call that failed', async () => {
    const system = await dueSystem();
    const call = { operation: 'PutItem', table: 'ledger', awsError: 'ThrottlingException', attempts: 3 };
    failCommits(system, () => new BusyError('ThrottlingException', { call }));
    const context = contextWith(60_000);
    const told = await whatIsTold(() => feed('renew-wallets', [MINUTE], system.runtime, context));
    expect(told.failures).toEqual([`messages-failed of ${FUNCTION}`]);
    const [first, second] = told.logs;
    expect(first).toMatchObject({ level: 'ERROR', message: 'left to be tried again', ...call });
    expect(second).toMatchObject({ message: 'to be given again', messageId: 'message-1', function_name: FUNCTION });
  });

  it('a message that SQS does not take back is reported all the same, and the log says so', async () => {
    const system = await dueSystem();
    const giveBack: GiveBack = () => Promise.reject(new Error('SQS is away'));
    const told = await whatIsTold(() => feed('renew-wallets', ['poison'], { ...system.runtime, giveBack }));
    expect(told.result).toEqual(['poison']);
    expect(told.logs.at(-1)).toMatchObject({ level: 'WARN', error: { message: 'SQS is away' } });
  });

  it('a worker ends its calls before its time is up, and gives back what is not done', async () => {
    let calls = 0;
    const system = await dueSystem();
    const storeFor = (signal?: AbortSignal) => ({
      ...partsOf(system.books),
      ledger: {
        ...system.books.ledger,
        tail: () => {
          calls += 1;
          return new Promise<never>((_, reject) =>
            signal?.addEventListener('abort', () => reject(new BusyError('AbortError'))),
          );
        },
      },
    });
    const { giveBack, given } = createGiveBack();
    const runtime = { ...system.runtime, storeFor, giveBack };
    const told = await whatIsTold(() => feed('renew-wallets', [MINUTE, MINUTE], runtime, contextWith(5_100)));
    expect(told.result).toHaveLength(2);
    expect(given).toEqual(['message-1', 'message-2']);
    expect(calls).toBe(1);
    expect(told.failures).toEqual([`messages-failed of ${FUNCTION}`, `messages-failed of ${FUNCTION}`]);
    expect(told.logs.at(-1).error.message).toBe('the time was up before this message');
  });
});
