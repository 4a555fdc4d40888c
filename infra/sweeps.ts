import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { SWEEPS, type Sweep } from '../shared/edge/sweeps.ts';
import { constructIdOf, createFunction } from './functions.ts';
import type { FunctionName } from './permissions.ts';
import type { Tables } from './tables.ts';

/**
 * 15 min, all that Lambda gives: nobody waits for a sweep (R6), what one leaves undone the next finds, and a quarter of an
 * hour ends before the hourly one starts again.
 */
const SWEEP_TIMEOUT = Duration.minutes(15);

/** 1,024 MB: the CPU that comes with it keeps many writes in flight; a sweep holds one page at a time. */
const SWEEP_MEMORY_MEBIBYTES = 1024;

/** Scheduler's most, 185 tries over 24 h: a run that late still does right, for its date comes with it. */
const RETRIES = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/** A schedule and a function for each row of the sweeps, and a queue for the runs that neither of the two could save. */
export function createSweeps(scope: Construct, tables: Tables): void {
  for (const sweep of SWEEPS) {
    const id = constructIdOf(sweep.name);
    // Of both: of Scheduler when it could not reach the function, and of the function when it failed three times.
    const failures = new Queue(scope, `${id}Failures`, {
      enforceSSL: true,
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14), // SQS's most: someone must see it, and may be on holiday
    });
    const handler = createFunction(scope, {
      name: sweep.name,
      tables,
      description: sweep.summary,
      memorySize: SWEEP_MEMORY_MEBIBYTES,
      timeout: SWEEP_TIMEOUT,
      deadLetterQueue: failures,
    });
    createSchedule(scope, { sweep, handler, failures });
  }
}

type ScheduleParts = {
  readonly sweep: Sweep & { readonly name: FunctionName };
  readonly handler: IFunction;
  readonly failures: Queue;
};

function createSchedule(scope: Construct, { sweep, handler, failures }: ScheduleParts): void {
  const { minute, hour } = sweep.at;
  const id = constructIdOf(sweep.name);
  new Schedule(scope, `${id}Schedule`, {
    description: sweep.summary,
    schedule: ScheduleExpression.cron({
      minute: String(minute),
      ...(hour !== undefined && { hour: String(hour) }),
      timeZone: TimeZone.ETC_UTC,
    }),
    target: new LambdaInvoke(handler, {
      role: createScheduleRole(scope, `${id}ScheduleRole`, { handler, failures }),
      deadLetterQueue: failures,
      ...RETRIES,
      // The instant the run was meant for: a late one must not sweep by the time it happens to start.
      input: ScheduleTargetInput.fromObject({
        scheduledAt: ContextAttribute.scheduledTime,
        lookBackHours: sweep.lookBackHours,
      }),
    }),
  });
}

/** Ours, closed to what CDK would add to it: the right to call every version of the function. */
function createScheduleRole(
  scope: Construct,
  id: string,
  { handler, failures }: Pick<ScheduleParts, 'handler' | 'failures'>,
) {
  const stack = Stack.of(scope);
  const schedules = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' });
  const role = new Role(scope, id, {
    // The conditions keep the Scheduler of another account from borrowing this role.
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': schedules } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }));
  return role.withoutPolicyUpdates();
}
