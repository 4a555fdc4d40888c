/** The failures queues of a stage: how full they are, and what one of their messages says. */
import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Stage } from '../../infra/stages.ts';
import { QUEUE_NAMES, type QueueName } from '../../shared/contract/queues.ts';
import { countOf, queueUrlIn, type Sqs } from '../aws/queues.ts';

/** The publisher's failures name records of a stream, and no queue takes them back. */
export const FAILURE_QUEUES = [...QUEUE_NAMES, 'publish-events'] as const;
export type FailureQueue = QueueName | 'publish-events';

export type Failures = {
  readonly queue: FailureQueue;
  readonly url: string;
  readonly count: number;
  /** Undefined if the queue is empty. */
  readonly sample?: string;
};

export function readFailures(sqs: Sqs, stage: Pick<Stage, 'name'>): Promise<Failures[]> {
  return Promise.all(
    FAILURE_QUEUES.map(async (queue) => {
      const url = await queueUrlIn(sqs, stage, `${queue}-failures`);
      const count = await countOf(sqs, url);
      const message = count > 0 ? await peek(sqs, url) : undefined;
      return { queue, url, count, ...(message && { sample: sampleOf(message) }) };
    }),
  );
}

/** The message can be received again at once. */
async function peek(sqs: Sqs, QueueUrl: string): Promise<Message | undefined> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] }),
  );
  return Messages[0];
}

/** The part of Lambda's message about records that it gave up (docs.aws.amazon.com, services-dynamodb-errors). */
const givenUp = z.object({
  requestContext: z.object({ condition: z.string() }),
  DDBStreamBatchInfo: z.object({
    batchSize: z.int(),
    approximateArrivalOfFirstRecord: z.string(),
    approximateArrivalOfLastRecord: z.string(),
  }),
});

const MAX_SAMPLE = 200;

/** The reason, where the message has one. A worker's message has none, and its log has the reason. */
export function sampleOf({ Body = '', MessageAttributes = {} }: Message): string {
  const [code, message] = ['ERROR_CODE', 'ERROR_MESSAGE'].map((name) => MessageAttributes[name]?.StringValue);
  if (code !== undefined) return `Scheduler could not deliver it: ${code} ${message ?? ''}`.trim();
  const records = givenUp.safeParse(jsonOf(Body)).data;
  if (!records) return Body.length > MAX_SAMPLE ? `${Body.slice(0, MAX_SAMPLE)}…` : Body;
  const {
    batchSize,
    approximateArrivalOfFirstRecord: first,
    approximateArrivalOfLastRecord: last,
  } = records.DDBStreamBatchInfo;
  return `${records.requestContext.condition}: ${batchSize} records of ${first} to ${last}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
