/** Where the lister puts its batches. On AWS those are SQS queues, one a sweep; a replay hands them on at once. */
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SweepName } from '../contract/sweeps.ts';
import { type Patience, type Retries, retry } from '../store/retry.ts';
import { BusyError } from '../store/store.ts';

/** Sends bodies to the workers of a sweep. Throws BusyError where not all could be sent; some may have been. */
export type Outbox = (sweep: SweepName, bodies: readonly string[]) => Promise<void>;

export type QueueUrls = Readonly<Record<SweepName, string>>;

/** Of one SendMessageBatch: 10 messages, 1 MiB in all; ten of our longest make 350 kB. */
const MAX_SEND = 10;
/** Three attempts with waits of up to 100 and 200 ms; after that the page is listed again, some minutes later. */
const RETRIES: Retries<Sending> = {
  attempts: 3,
  firstWaitMillis: 100,
  longestWaitMillis: 200,
  isRetried: ({ left }) => left.length > 0,
};

/** `left` are those that were not taken; `cause` is what SQS said last. */
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

/** SQS may take some of ten and not the others: only those are sent again. */
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

/** One attempt of 2 s each: whoever sends repeats what was not taken, and only that, which the SDK's retries cannot. */
export const sqsClient = (): SQSClient =>
  new SQSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
