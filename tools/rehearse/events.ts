/** A consumer on the event bus: a rule and a queue, as another service would set them up. */
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { nameIn } from '../../infra/names.ts';
import { ACCOUNT, REGION } from './ministack.ts';
import { aws } from './programs.ts';
import { type Rehearsal, until } from './rehearsal.ts';

const RULE = 'consumer';
const TARGET = 'queue';

/** A client of the emulator's queues. */
export function queuesOf({ emulator: { endpoint, environment } }: Rehearsal): SQSClient {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  return new SQSClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey } });
}

export const queueUrlOf = ({ emulator }: Rehearsal, name: string): string => `${emulator.endpoint}/${ACCOUNT}/${name}`;

const queueOf = (stage: string): string => nameIn({ name: stage }, 'rehearsal-consumer');

/** Makes a queue to which a service of AWS may send. Returns its ARN. */
export async function makeQueue(rehearsal: Rehearsal, name: string, service: string): Promise<string> {
  const Resource = `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
  const maySend = { Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [maySend] });
  const attributes = ['--attributes', JSON.stringify({ Policy: policy })];
  await aws(rehearsal, 'sqs', 'create-queue', `--queue-name=${name}`, ...attributes);
  return Resource;
}

/** From now on the events of the stage's bus come into a queue. */
export async function consumeEvents(rehearsal: Rehearsal, stage: string): Promise<void> {
  const bus = `--event-bus-name=${nameIn({ name: stage }, 'events')}`;
  const pattern = JSON.stringify({ source: ['inmail-credits'] });
  const queueArn = await makeQueue(rehearsal, queueOf(stage), 'events.amazonaws.com');
  await aws(rehearsal, 'events', 'put-rule', `--name=${RULE}`, bus, `--event-pattern=${pattern}`);
  await aws(rehearsal, 'events', 'put-targets', `--rule=${RULE}`, bus, '--targets', `Id=${TARGET},Arn=${queueArn}`);
}

/** Takes away what `consumeEvents` has made. */
export async function stopConsuming(rehearsal: Rehearsal, stage: string): Promise<void> {
  const bus = `--event-bus-name=${nameIn({ name: stage }, 'events')}`;
  await aws(rehearsal, 'events', 'remove-targets', `--rule=${RULE}`, bus, `--ids=${TARGET}`);
  await aws(rehearsal, 'events', 'delete-rule', `--name=${RULE}`, bus);
  await aws(rehearsal, 'sqs', 'delete-queue', `--queue-url=${queueUrlOf(rehearsal, queueOf(stage))}`);
}

const message = z.object({ 'detail-type': z.string(), detail: z.object({ eventId: z.string() }) });

/** Waits until each type has come at least so often. Events that come twice count once. */
export async function awaitEvents(
  rehearsal: Rehearsal,
  stage: string,
  wanted: Readonly<Record<string, number>>,
): Promise<void> {
  const client = queuesOf(rehearsal);
  const seen = new Map<string, string>();
  const counts = () =>
    Object.fromEntries([...Map.groupBy(seen.values(), (type) => type)].map(([type, all]) => [type, all.length]));
  const QueueUrl = queueUrlOf(rehearsal, queueOf(stage));
  try {
    await until(
      async () => {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        for (const { Body = '', ReceiptHandle } of Messages) {
          const { 'detail-type': type, detail } = message.parse(JSON.parse(Body));
          seen.set(detail.eventId, type);
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        return Object.entries(wanted).every(([type, times]) => (counts()[type] ?? 0) >= times);
      },
      () => `the bus of ${stage} has brought ${JSON.stringify(counts())} and not ${JSON.stringify(wanted)}`,
    );
  } finally {
    client.destroy();
  }
}
