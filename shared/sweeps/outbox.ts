/** The lister's way to send its batches. On AWS each sweep has an SQS queue. A replay hands the batches on at once. */
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SweepName } from '../contract/sweeps.ts';
import { clientLimits } from '../store/client-limits.ts';
import { type Patience, type Retries, retry } from '../store/retry.ts';
import { BusyError } from '../store/store.ts';

/** Sends bodies to the workers of a sweep. Throws BusyError if not all were sent. Some of them may have been. */
export type Outbox = (sweep: SweepName, bodies: readonly string[]) => Promise<void>;

export type QueueUrls = Readonly<Record<SweepName, string>>;

/** One SendMessageBatch takes 10 messages, and 1 MiB in all. Ten of our longest make 350 kB. */
const MAX_SEND = 10;
/** Three attempts with waits of up to 100 and 200 ms. After that, SQS gives the listing again a minute later. */
const RETRIES: Retries<Sending> = {
  attempts: 3,
  firstWaitMillis: 100,
  longestWaitMillis: 200,
  isRetried: ({ left }) => left.length > 0,
};

/** `left` are the messages that SQS did not take. `cause` is its last error. */
type Sending = {
  readonly left: readonly { readonly Id: string; readonly MessageBody: string }[];
  readonly cause?: unknown;
};

export const sqsOutbox =
  (client: Pick<SQSClient, 'send'>, queueUrls: QueueUrls, patience: Patience): Outbox =>
  async (sweep, bodies) => {
    for (let start = 0; start < bodies.length; start += MAX_SEND) {
      await sendAll(client, queueUrls[sweep], bodies.slice(start, start + MAX_SEND), patience);
    }
  };

/** SQS may take only some of ten messages. The others alone are sent again. */
async function sendAll(
  client: Pick<SQSClient, 'send'>,
  QueueUrl: string,
  bodies: readonly string[],
  patience: Patience,
): Promise<void> {
  let left = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  const send = async (): Promise<Sending> => {
    try {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
      const failed = new Set(Failed.map(({ Id }) => Id));
      left = left.filter(({ Id }) => failed.has(Id));
      return { left, cause: Failed[0]?.Message };
    } catch (error) {
      return { left, cause: error };
    }
  };
  const { cause } = await retry(send, RETRIES, patience);
  if (left.length > 0) throw new BusyError(`${left.length} of ${bodies.length} batches could not be queued`, { cause });
}

/** One attempt of 2 s. The outbox repeats the messages that were not taken, because the SDK would repeat all. */
export const sqsClient = (): SQSClient => new SQSClient(clientLimits(1));
