/**
 * Sends the messages of a failures queue to the queue where their work is done. SQS's own redrive knows no source for a
 * message that Scheduler put there. A message that is sent and not deleted comes twice, and that does no harm.
 */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { BusyError } from '../store/store.ts';

export type Move = {
  readonly from: string;
  readonly to: string;
  /** Called with how many more messages are moved. */
  readonly onMoved?: (count: number) => void;
};

/** SQS gives, takes and deletes ten messages at a time. */
const MAX_MESSAGES = 10;
/** Three calls of 20 ms move ten messages, so eight lanes move some 1,300 a second. */
const LANES = 8;
/** Far more than a failures queue ever holds: a message stands for a hundred wallets. */
const MAX_ROUNDS = 1_000_000;

/**
 * Ends when the queue gives no more. A message that fails again comes back only after all its tries, so none is moved twice.
 * Throws BusyError if a message is not taken. It then stays where it was.
 */
export async function moveMessages(client: Pick<SQSClient, 'send'>, move: Move): Promise<number> {
  let moved = 0;
  const moveOn = async (): Promise<void> => {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const count = await moveSome(client, move);
      if (count === 0) return;
      moved += count;
      move.onMoved?.(count);
    }
  };
  await Promise.all(Array.from({ length: LANES }, moveOn));
  return moved;
}

async function moveSome(client: Pick<SQSClient, 'send'>, { from, to }: Move): Promise<number> {
  // A wait of a second asks all of SQS's servers. Without it, a short queue may seem empty.
  const receive = { QueueUrl: from, MaxNumberOfMessages: MAX_MESSAGES, WaitTimeSeconds: 1 };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive));
  if (Messages.length === 0) return 0;
  const Entries = Messages.map(({ Body }, index) => ({ Id: String(index), MessageBody: Body ?? '' }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: to, Entries }));
  const failed = new Set(Failed.map(({ Id }) => Id));
  await remove(
    client,
    from,
    Messages.filter((_, index) => !failed.has(String(index))),
  );
  if (failed.size > 0) throw new BusyError(`${failed.size} messages were not taken: ${Failed[0]?.Message}`);
  return Messages.length;
}

async function remove(client: Pick<SQSClient, 'send'>, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
}
