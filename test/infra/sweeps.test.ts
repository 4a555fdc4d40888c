import { describe, expect, it } from 'vitest';
import { SWEEPS } from '../../shared/edge/sweeps.ts';
import { idIn, resourcesOf, synthesizeTemplates } from './synthesized.ts';

type Target = {
  Arn: unknown;
  Input: string;
  DeadLetterConfig: { Arn: unknown };
  RetryPolicy: Record<string, number>;
};

const { service } = synthesizeTemplates();
const functions = resourcesOf(service, 'AWS::Lambda::Function');
const queueIds = Object.keys(resourcesOf(service, 'AWS::SQS::Queue'));
const schedules = Object.values(resourcesOf(service, 'AWS::Scheduler::Schedule'));
const targets = schedules.map(({ Target }) => Target as Target);
const functionOf = ({ Arn }: Target) => functions[idIn(Arn)];

describe('the schedules', () => {
  it('are one for each sweep, each with the function of that sweep', () => {
    const summaries = SWEEPS.map(({ summary }) => summary);
    expect(schedules.map(({ Description }) => Description)).toEqual(summaries);
    expect(targets.map((target) => functionOf(target)?.Description)).toEqual(summaries);
  });

  it('run when the rows say, in UTC', () => {
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(
      SWEEPS.map(({ at }) => `cron(${at.minute} ${'hour' in at ? at.hour : '*'} * * ? *)`),
    );
    expect(schedules[0]?.ScheduleExpression).toBe('cron(5 0 * * ? *)');
    service.allResourcesProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: 'Etc/UTC' });
  });

  it('pass on the time the run was meant for, not the time it starts, and how far to look back', () => {
    expect(targets.map(({ Input }) => JSON.parse(Input))).toEqual(
      SWEEPS.map(({ lookBackHours }) => ({ scheduledAt: '<aws.scheduler.scheduled-time>', lookBackHours })),
    );
  });

  it('retry for a day', () => {
    const day = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 24 * 60 * 60 };
    expect(targets.map(({ RetryPolicy }) => RetryPolicy)).toEqual(SWEEPS.map(() => day));
  });

  it('have a queue each for runs that failed, the same one their function has', () => {
    const failures = targets.map(({ DeadLetterConfig }) => idIn(DeadLetterConfig.Arn));
    expect(failures).toEqual(queueIds.filter((id) => !id.startsWith('PublishEvents')));
    expect(targets.map((target) => functionOf(target)?.DeadLetterConfig)).toEqual(
      targets.map(({ DeadLetterConfig }) => ({ TargetArn: DeadLetterConfig.Arn })),
    );
  });
});

describe('the queues', () => {
  it('keep their logical ids, for a new id is a new queue and loses what waits in the old one', () => {
    expect(queueIds).toEqual([
      'RenewWalletsFailures136BE0B0',
      'RemindRecipientsFailuresD4B6EEBB',
      'ExpireInmailsFailuresE41117B6',
      'PublishEventsFailuresE3533BC9',
    ]);
  });

  it('are encrypted, and keep a message for 14 days', () => {
    const fortnightSeconds = 14 * 24 * 60 * 60;
    service.allResourcesProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: fortnightSeconds,
    });
  });

  it.each(queueIds)('%s refuses plain HTTP', (id) => {
    service.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });
});
