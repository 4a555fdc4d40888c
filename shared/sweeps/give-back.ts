/** The way to give failed messages back to their queue, so that they come again soon. It is no send. */
import { ChangeMessageVisibilityBatchCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { retrySecondsAfter } from '../contract/queues.ts';

/** Gives at most ten messages of one queue back. Throws if SQS does not take one. It then comes again much later. */
export type GiveBack = (messages: readonly SQSRecord[]) => Promise<void>;

/** The role may ask for the address of its queue, so the function needs no variable for that. */
export const sqsGiveBack =
  (client: Pick<SQSClient, 'send'>, waitSeconds: (receives: number) => number = retrySecondsAfter): GiveBack =>
  async (messages) => {
    const QueueName = messages[0]?.eventSourceARN.split(':').at(-1);
    if (!QueueName) return;
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
    const Entries = messages.map(({ receiptHandle, attributes }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: waitSeconds(Number(attributes.ApproximateReceiveCount)),
    }));
    const { Failed = [] } = await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    if (Failed[0]) throw new Error(`${Failed.length} of ${messages.length} messages: ${Failed[0].Code}`);
  };
