/** The alarms of a stage, each driven to ALARM by the failure that it is for, and the message that it sends. */
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { nameIn } from '../../infra/names.ts';
import { makeQueue, queuesOf, queueUrlOf } from './events.ts';
import { ACCOUNT, REGION } from './ministack.ts';
import { aws } from './programs.ts';
import { hold, type Rehearsal, until } from './rehearsal.ts';

const alarms = z.array(
  z.object({
    AlarmName: z.string(),
    Namespace: z.string(),
    MetricName: z.string(),
    Threshold: z.number(),
    ComparisonOperator: z.string(),
    Statistic: z.string().optional(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  }),
);

type Alarm = z.infer<typeof alarms>[number];

const notification = z.object({ Message: z.string() });
const message = z.object({ AlarmName: z.string(), NewStateValue: z.string() });

/** Throws a StepFailure that names the alarms that sent no message. */
export async function everyAlarmTells(rehearsal: Rehearsal, stage: string): Promise<void> {
  const prefix = `--alarm-name-prefix=${nameIn({ name: stage }, '')}`;
  const all = alarms.parse(await aws(rehearsal, 'cloudwatch', 'describe-alarms', prefix, '--query=MetricAlarms'));
  hold(all.length > 0, `${stage} has no alarms`);
  const queue = nameIn({ name: stage }, 'rehearsal-alarms');
  const topic = `arn:aws:sns:${REGION}:${ACCOUNT}:${nameIn({ name: stage }, 'alarms')}`;
  const endpoint = await makeQueue(rehearsal, queue, 'sns.amazonaws.com');
  await aws(
    rehearsal,
    'sns',
    'subscribe',
    `--topic-arn=${topic}`,
    '--protocol=sqs',
    `--notification-endpoint=${endpoint}`,
  );
  for (const alarm of all.filter(isOfAbsence)) await ring(rehearsal, alarm);
  const ofData = all.filter((alarm) => !isOfAbsence(alarm));
  for (const [namespace, own] of Map.groupBy(ofData, ({ Namespace }) => Namespace))
    await fail(rehearsal, namespace, own);
  await untilTold(rehearsal, queue, all);
  await aws(rehearsal, 'sqs', 'delete-queue', `--queue-url=${queueUrlOf(rehearsal, queue)}`);
}

/** It counts measurements, and rings when there is none. */
const isOfAbsence = ({ Statistic }: Alarm): boolean => Statistic === 'SampleCount';

/** MiniStack does not judge the absence of data. So this shows only that the alarm tells, and not when. */
async function ring(rehearsal: Rehearsal, { AlarmName }: Alarm): Promise<void> {
  const state = ['--state-value=ALARM', '--state-reason=rehearsal'];
  await aws(rehearsal, 'cloudwatch', 'set-alarm-state', `--alarm-name=${AlarmName}`, ...state);
}

/** Puts a value for each metric that lies far beyond the threshold, on its bad side. */
async function fail(rehearsal: Rehearsal, namespace: string, alarms: readonly Alarm[]): Promise<void> {
  const data = alarms.map(({ MetricName, Threshold, ComparisonOperator, Dimensions }) => {
    const isTooLow = ComparisonOperator.startsWith('LessThan');
    return { MetricName, Dimensions, Value: isTooLow ? Threshold - 1 : (Math.abs(Threshold) + 1) * 1_000 };
  });
  const metrics = ['--metric-data', JSON.stringify(data)];
  await aws(rehearsal, 'cloudwatch', 'put-metric-data', `--namespace=${namespace}`, ...metrics);
}

async function untilTold(rehearsal: Rehearsal, queue: string, all: readonly Alarm[]): Promise<void> {
  const client = queuesOf(rehearsal);
  const QueueUrl = queueUrlOf(rehearsal, queue);
  const silent = new Set(all.map(({ AlarmName }) => AlarmName));
  try {
    await until(
      async () => {
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        for (const { Body = '', ReceiptHandle } of Messages) {
          const told = message.parse(JSON.parse(notification.parse(JSON.parse(Body)).Message));
          if (told.NewStateValue === 'ALARM') silent.delete(told.AlarmName);
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        return silent.size === 0;
      },
      () => `no message came from ${[...silent].join(', ')}`,
    );
  } finally {
    client.destroy();
  }
}
