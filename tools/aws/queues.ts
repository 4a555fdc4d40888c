/** The queues of a stage, found by their names. */
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { nameIn } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';

export type Sqs = Pick<SQSClient, 'send'>;

/** `part` is such as `listings` or `renew-wallets-failures`. */
export async function queueUrlIn(sqs: Sqs, stage: Pick<Stage, 'name'>, part: string): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: nameIn(stage, part) }));
  return QueueUrl;
}

/** Approximately, because SQS counts so. Those that a reader has at the moment count as well. */
export async function countOf(sqs: Sqs, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: underWay } = Attributes;
  return Number(waiting ?? 0) + Number(underWay ?? 0);
}
