/** SQS on this machine, in memory. The queues of the sweeps are as the service stack sets them up. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { MAX_RECEIVES, QUEUE_NAMES, type QueueName, visibilitySecondsOf } from '../../shared/contract/queues.ts';
import { startSqsServer } from './sqs-server.ts';

type LocalQueue = { readonly url: string; readonly failuresUrl: string };

export type LocalQueues = {
  readonly client: SQSClient;
  readonly queues: Readonly<Record<QueueName, LocalQueue>>;
  readonly stop: () => Promise<void>;
};

/** `visibilitySeconds` are those of the stack by default. */
export async function startQueues({ visibilitySeconds }: { visibilitySeconds?: number } = {}): Promise<LocalQueues> {
  const { endpoint, accessKeyId, stop: stopServer } = await startSqsServer();
  const client = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const stop = async () => {
    client.destroy();
    await stopServer();
  };
  try {
    const made = QUEUE_NAMES.map(async (name) => [name, await createQueue(client, name, visibilitySeconds)] as const);
    return { client, queues: Object.fromEntries(await Promise.all(made)) as Record<QueueName, LocalQueue>, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createQueue(client: SQSClient, name: QueueName, visibilitySeconds?: number): Promise<LocalQueue> {
  const failures = await client.send(new CreateQueueCommand({ QueueName: `${name}-failures` }));
  const failuresUrl = failures.QueueUrl as string;
  const { QueueArn: deadLetterTargetArn } = await attributesOf(client, failuresUrl, ['QueueArn']);
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        VisibilityTimeout: String(visibilitySeconds ?? visibilitySecondsOf(name)),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: MAX_RECEIVES }),
      },
    }),
  );
  return { url: QueueUrl as string, failuresUrl };
}

export async function send(client: SQSClient, QueueUrl: string, message: unknown): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
}

/** Messages that are `underWay` have a worker or will come back. */
export type Depth = { readonly waiting: number; readonly underWay: number };

export async function depthOf(client: SQSClient, QueueUrl: string): Promise<Depth> {
  const attributes = await attributesOf(client, QueueUrl, [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
  ]);
  return {
    waiting: Number(attributes.ApproximateNumberOfMessages),
    underWay: Number(attributes.ApproximateNumberOfMessagesNotVisible),
  };
}

async function attributesOf(client: SQSClient, QueueUrl: string, AttributeNames: QueueAttributeName[]) {
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Attributes;
}
