import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { constructIdOf } from '../../infra/lambda/functions.ts';
import { listingMessage } from '../../shared/contract/sweep-messages.ts';
import { periodMinutesOf, remindRecipients, SWEEPS, shardGroupsOf } from '../../shared/contract/sweeps.ts';
import { instant, millisOf } from '../../shared/domain/instant.ts';
import { RULES, remindAt } from '../../shared/domain/rules.ts';
import { idIn, resourcesOf, synthesizeTemplates } from './synthesized.ts';

type Target = {
  Arn: unknown;
  Input: string;
  DeadLetterConfig: { Arn: unknown };
  RetryPolicy: Record<string, number>;
};

const { service } = synthesizeTemplates();
const functions = resourcesOf(service, 'AWS::Lambda::Function');
const queues = resourcesOf(service, 'AWS::SQS::Queue');
const queueIds = Object.keys(queues);
const schedules = Object.values(resourcesOf(service, 'AWS::Scheduler::Schedule'));
const targets = schedules.map(({ Target }) => Target as Target);
const mappings = Object.values(resourcesOf(service, 'AWS::Lambda::EventSourceMapping'));
const groups = SWEEPS.flatMap((sweep) => shardGroupsOf(sweep).map((shards) => ({ sweep, shards })));
const withoutHash = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
const nameOf = (attribute: unknown) => withoutHash(idIn(attribute));
const feeding = ['Listings', ...SWEEPS.map(({ name }) => `${constructIdOf(name)}Queue`)];

/** Scheduler calls its target within a minute of the time (docs.aws.amazon.com, scheduler, schedule-types). */
const PRECISION_MINUTES = 1;
/** An alarm rings when a reminder has waited so long. */
const HALF_AN_HOUR = 30;

describe('the schedules', () => {
  it('each group of shards of each sweep has one schedule, which sends to the queue of listings', () => {
    expect(targets.map(({ Arn }) => nameOf(Arn))).toEqual(groups.map(() => 'Listings'));
    expect(groups).toHaveLength(16 + 4 + 4);
  });

  it('the schedules run at the times of the sweep table, in UTC', () => {
    const crons = {
      'renew-wallets': 'cron(5 0 * * ? *)',
      'remind-recipients': 'cron(0/15 * * * ? *)',
      'expire-inmails': 'cron(35 0 * * ? *)',
    };
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(
      groups.map(({ sweep: { name } }) => crons[name]),
    );
    service.allResourcesProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: 'Etc/UTC' });
  });

  it('a reminder that has just missed a run comes before 72 hours, though Scheduler may be a minute late (R15)', () => {
    const sentAt = instant('2026-11-24T07:00:00.001Z');
    const due = millisOf(remindAt(sentAt, RULES)) - millisOf(sentAt);
    const latestMinutes = due / 60_000 + periodMinutesOf(remindRecipients) + PRECISION_MINUTES;
    expect(latestMinutes).toBeLessThan(72 * 60 - HALF_AN_HOUR);
  });

  it('a schedule sends a message that the lister takes, with its time, look-back and shards', () => {
    const inputs = targets.map(({ Input }) => JSON.parse(Input));
    expect(inputs).toEqual(
      groups.map(({ sweep: { name, lookBackHours }, shards }) => ({
        sweep: name,
        scheduledAt: '<aws.scheduler.scheduled-time>',
        lookBackHours,
        shards,
      })),
    );
    for (const input of inputs) listingMessage.parse({ ...input, scheduledAt: '2026-11-01T00:05:00Z' });
  });

  it('the schedules stand in a group of the stage, sorted by sweep and shard', () => {
    const [[id, group] = []] = Object.entries(resourcesOf(service, 'AWS::Scheduler::ScheduleGroup'));
    expect(schedules.map(({ GroupName }) => GroupName)).toEqual(groups.map(() => group?.Name));
    const made = Object.values(service.findResources('AWS::Scheduler::Schedule'));
    expect(made.map(({ DependsOn }) => DependsOn)).toEqual(groups.map(() => [id]));
    expect(schedules.slice(0, 4).map(({ Name }) => Name)).toEqual([
      'renew-wallets-00',
      'renew-wallets-04',
      'renew-wallets-08',
      'renew-wallets-12',
    ]);
  });

  it("a schedule retries for a day, and then leaves the message in the lister's failures queue", () => {
    const day = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 24 * 60 * 60 };
    expect(targets.map(({ RetryPolicy }) => RetryPolicy)).toEqual(groups.map(() => day));
    expect(new Set(targets.map(({ DeadLetterConfig }) => nameOf(DeadLetterConfig.Arn)))).toEqual(
      new Set(['ListingsFailures']),
    );
  });
});

describe('the queues', () => {
  it('the queues keep their logical ids, because a new id is a new queue and loses waiting messages', () => {
    expect(queueIds).toMatchInlineSnapshot(`
      [
        "ListingsFailuresF8131C00",
        "Listings184A7881",
        "RenewWalletsFailures136BE0B0",
        "RenewWalletsQueue0A05C727",
        "RemindRecipientsFailuresD4B6EEBB",
        "RemindRecipientsQueueA60441CB",
        "ExpireInmailsFailuresE41117B6",
        "ExpireInmailsQueueFA310B98",
        "PublishEventsFailuresE3533BC9",
      ]
    `);
  });

  it('the queues are encrypted, and refuse plain HTTP', () => {
    service.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    for (const id of queueIds) {
      service.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: id }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Deny',
              Action: 'sqs:*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ]),
        },
      });
    }
  });

  it.each(feeding)(
    "the queue %s hides a message for six times its function's timeout, and gives up after eight times",
    (name) => {
      const queue = queues[queueIds.find((id) => withoutHash(id) === name) as string];
      const timeout = Number(functions[startedBy(name)]?.Timeout);
      expect(timeout).toBe(name === 'Listings' ? 900 : 60);
      expect(queue?.VisibilityTimeout).toBe(6 * timeout);
      const redrive = queue?.RedrivePolicy as { deadLetterTargetArn: unknown; maxReceiveCount: number };
      expect(redrive.maxReceiveCount).toBe(8);
      expect(nameOf(redrive.deadLetterTargetArn)).toBe(`${name.replace(/Queue$/, '')}Failures`);
    },
  );

  it('a failures queue keeps a message for 14 days', () => {
    const failures = queueIds.filter((id) => withoutHash(id).endsWith('Failures'));
    expect(failures.length).toBe(feeding.length + 1);
    for (const id of failures) expect(queues[id]?.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  });

  it('the names of the queues sort by stage and sweep, each beside its failures', () => {
    expect(Object.values(queues).map(({ QueueName }) => QueueName)).toEqual(
      ['listings', ...SWEEPS.map(({ name }) => name)]
        .flatMap((name) => [`inmail-credits-prod-${name}-failures`, `inmail-credits-prod-${name}`])
        .concat('inmail-credits-prod-publish-events-failures'),
    );
  });
});

function mappingOf(queue: string) {
  const mapping = mappings.find(({ EventSourceArn }) => JSON.stringify(EventSourceArn).includes(`"${queue}`));
  if (!mapping) throw new Error(`nothing takes from ${queue}`);
  return mapping;
}

/** The logical id of the function that a queue starts. */
const startedBy = (queue: string): string => (mappingOf(queue).FunctionName as { Ref: string }).Ref;

describe('the mappings', () => {
  const rows = [
    ['Listings', 'ListDue', 1, 2],
    ...SWEEPS.map(({ name, workersAtOnce }) => [`${constructIdOf(name)}Queue`, constructIdOf(name), 10, workersAtOnce]),
  ];
  it.each(rows)(
    'the queue %s feeds %s with %i messages at a time and %i at once, each failing on its own',
    (...row) => {
      const [queue, handler, BatchSize, MaximumConcurrency] = row;
      expect(mappingOf(String(queue))).toMatchObject({
        BatchSize,
        ScalingConfig: { MaximumConcurrency },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(withoutHash(startedBy(String(queue)))).toBe(handler);
    },
  );

  it('the stack has only these mappings and those of the streams', () => {
    expect(mappings).toHaveLength(rows.length + 2);
  });
});

describe('the lister', () => {
  it('only the lister knows the queues, by the names it reads', () => {
    const knowing = Object.entries(functions).filter(([, { Environment }]) =>
      /QUEUE_URL/.test(JSON.stringify(Environment)),
    );
    expect(knowing.map(([id]) => withoutHash(id))).toEqual(['ListDue']);
    const environments = knowing.map(
      ([, { Environment }]) => Environment as { Variables: Record<string, { Ref: string }> },
    );
    for (const { name } of SWEEPS) {
      const { Ref = '' } = environments[0]?.Variables[`${name.replaceAll('-', '_').toUpperCase()}_QUEUE_URL`] ?? {};
      expect(withoutHash(Ref)).toBe(`${constructIdOf(name)}Queue`);
    }
  });
});
