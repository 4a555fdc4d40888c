/**
 * Stands for Lambda's event source mapping of a queue, as `infra/service/sweeps.ts` sets it up. A failed message comes again after
 * the visibility timeout, unless the function has given it back.
 */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { MAX_RECEIVES } from '../../shared/contract/queues.ts';

export type EventSource = {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly invoke: (event: SQSEvent) => Promise<SQSBatchResponse>;
};

/**
 * The ids of messages. Messages that are `retrying` will come again. Messages that are `givenUp` had their last try, and now
 * they belong to the dead-letter queue.
 */
export type Polled = Readonly<Record<'received' | 'retrying' | 'givenUp', readonly string[]>>;

/** Invokes the function with at most one batch of messages. */
export async function pollOnce(source: EventSource): Promise<Polled> {
  const { client, queueUrl: QueueUrl, batchSize } = source;
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: batchSize,
    MessageSystemAttributeNames: ['All'],
  });
  const { Messages = [] } = await client.send(receive);
  if (Messages.length === 0) return { received: [], retrying: [], givenUp: [] };
  const failed = await invoke(source, Messages);
  const left = Messages.filter((message) => failed.has(idOf(message)));
  await remove(
    source,
    Messages.filter((message) => !failed.has(idOf(message))),
  );
  const isLastTime = ({ Attributes }: Message) => Number(Attributes?.ApproximateReceiveCount) >= MAX_RECEIVES;
  return {
    received: Messages.map(idOf),
    retrying: left.filter((message) => !isLastTime(message)).map(idOf),
    givenUp: left.filter(isLastTime).map(idOf),
  };
}

const idOf = ({ MessageId }: Message): string => MessageId as string;

/** The ids of the failed messages. All messages failed if the function throws or names an unknown id. */
async function invoke({ invoke, queueUrl }: EventSource, messages: readonly Message[]): Promise<ReadonlySet<string>> {
  const all = new Set(messages.map(idOf));
  try {
    const { batchItemFailures } = await invoke({ Records: messages.map((message) => recordOf(message, queueUrl)) });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return [...failed].every((id) => all.has(id)) ? failed : all;
  } catch {
    return all;
  }
}

async function remove({ client, queueUrl: QueueUrl }: EventSource, messages: readonly Message[]): Promise<void> {
  if (messages.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entriesOf(messages) }));
}

const entriesOf = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));

const recordOf = ({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message, queueUrl: string) =>
  ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queueUrl.split('/').at(-1)}`,
    awsRegion: 'local',
  }) as SQSRecord;
