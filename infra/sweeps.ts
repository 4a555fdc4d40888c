import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  MAX_RECEIVES,
  messagesAtOnceOf,
  type QueueName,
  timeoutSecondsOf,
  visibilitySecondsOf,
} from '../shared/contract/queues.ts';
import { type NamedSweep, type ShardRange, SWEEPS, type SweepName, shardGroupsOf } from '../shared/contract/sweeps.ts';
import type { ListerEnvironment } from '../shared/sweeps/runtime.ts';
import { createFailuresQueue } from './failures.ts';
import { constructIdOf, createFunction, environmentOf } from './functions.ts';
import type { Tables } from './tables.ts';

/** 512 MB for the lister: it holds eight pages of keys and waits most of the time. */
const LISTER_MEMORY_MEBIBYTES = 512;

/** 1,769 MB is one whole processor: with 16 keys under way a worker is never idle. */
const WORKER_MEMORY_MEBIBYTES = 1769;

/** Two: the least that a mapping allows. Each lists some 20 pages of 1,000 a second, ahead of any number of workers. */
const LISTERS_AT_ONCE = 2;

/** Scheduler's most, 185 tries over 24 h: a run that late still does right, for its date comes with it. */
const RETRIES = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/**
 * Schedules → pages queue → lister → a queue for each sweep → its workers. No function writes to the queue that starts it,
 * which AWS would take for a loop and stop.
 */
export function createSweeps(scope: Construct, tables: Tables): void {
  const pages = createPages(scope);
  const queues = Object.fromEntries(
    SWEEPS.map((sweep) => [sweep.name, createWorker(scope, { sweep, tables })]),
  ) as Record<SweepName, Queue>;
  createLister(scope, { tables, pages, queues });
  for (const sweep of SWEEPS) createSchedules(scope, sweep, pages);
}

type Pages = { readonly queue: Queue; readonly failures: Queue };

function createPages(scope: Construct): Pages {
  // Of both: of Scheduler when it could not reach the queue, and of the queue when the lister failed five times. Either
  // way what is in it is a message of pages, to be sent to the queue again once the cause is gone.
  const failures = createFailuresQueue(scope, 'PagesFailures', {
    hurts:
      'A part of a sweep was not listed. Balances are right all the same (R6); reminders that were due may come late or ' +
      'not at all (R15), and statements show renewals and expiries that the tables do not hold yet.',
  });
  return { queue: createQueue(scope, 'Pages', { name: 'pages', failures }), failures };
}

type QueueParts = { readonly name: QueueName; readonly failures: Queue };

function createQueue(scope: Construct, id: string, { name, failures }: QueueParts): Queue {
  return new Queue(scope, id, {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    visibilityTimeout: Duration.seconds(visibilitySecondsOf(name)),
    retentionPeriod: Duration.days(4), // what waits longer than the 3 days that sweeps look back is an operator's doing
    deadLetterQueue: { queue: failures, maxReceiveCount: MAX_RECEIVES },
  });
}

/** A sweep's queue, with its worker on it: a queue each, so that no reminder waits behind ten million renewals. */
function createWorker(scope: Construct, { sweep, tables }: { sweep: NamedSweep; tables: Tables }): Queue {
  const { name, summary, workersAtOnce } = sweep;
  const id = constructIdOf(name);
  const failures = createFailuresQueue(scope, `${id}Failures`, { hurts: HURTS[name] });
  const queue = createQueue(scope, `${id}Queue`, { name, failures });
  const worker = createFunction(scope, {
    name,
    tables,
    description: summary,
    memorySize: WORKER_MEMORY_MEBIBYTES,
    timeout: Duration.seconds(timeoutSecondsOf(name)),
  });
  feed(worker, { name, queue, maxConcurrency: workersAtOnce });
  return queue;
}

const HURTS: Readonly<Record<SweepName, string>> = {
  'renew-wallets':
    'Members whose wallets are in these batches: one of them cannot be read or written, so they cannot use the credits ' +
    'that renewed either. The log of RenewWallets names it.',
  'remind-recipients':
    'Recipients in these batches were not reminded of an InMail (R15), which costs their senders a credit should nobody answer.',
  'expire-inmails':
    'Nobody yet: these InMails read as expired all the same (R16). What reads the table or the events does not know it.',
};

type ListerParts = {
  readonly tables: Tables;
  readonly pages: Pages;
  readonly queues: Readonly<Record<SweepName, Queue>>;
};

function createLister(scope: Construct, { tables, pages, queues }: ListerParts): void {
  const urls: ListerEnvironment = {
    RENEW_WALLETS_QUEUE_URL: queues['renew-wallets'].queueUrl,
    REMIND_RECIPIENTS_QUEUE_URL: queues['remind-recipients'].queueUrl,
    EXPIRE_INMAILS_QUEUE_URL: queues['expire-inmails'].queueUrl,
  };
  const lister = createFunction(scope, {
    name: 'list-due',
    tables,
    description: 'Lists what is due for the sweeps, and queues it in batches',
    memorySize: LISTER_MEMORY_MEBIBYTES,
    timeout: Duration.seconds(timeoutSecondsOf('pages')),
    environment: { ...environmentOf(tables), ...urls },
  });
  lister.addToRolePolicy(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: Object.values(queues).map(({ queueArn }) => queueArn),
    }),
  );
  feed(lister, { name: 'pages', queue: pages.queue, maxConcurrency: LISTERS_AT_ONCE });
}

type Feed = { readonly name: QueueName; readonly queue: Queue; readonly maxConcurrency: number };

function feed(handler: IFunction, { name, queue, maxConcurrency }: Feed): void {
  handler.addEventSource(
    new SqsEventSource(queue, { batchSize: messagesAtOnceOf(name), maxConcurrency, reportBatchItemFailures: true }),
  );
}

/** One for each group of shards: the lister may not write to the queue that starts it, so nobody else could deal them. */
function createSchedules(scope: Construct, sweep: NamedSweep, pages: Pages): void {
  const id = constructIdOf(sweep.name);
  const role = createScheduleRole(scope, `${id}ScheduleRole`, pages);
  for (const shards of shardGroupsOf(sweep)) createSchedule(scope, { sweep, shards, pages, role });
}

type ScheduleParts = {
  readonly sweep: NamedSweep;
  readonly shards: ShardRange;
  readonly pages: Pages;
  readonly role: ReturnType<typeof createScheduleRole>;
};

function createSchedule(scope: Construct, { sweep, shards, pages, role }: ScheduleParts): void {
  new Schedule(scope, `${constructIdOf(sweep.name)}Schedule${shards.first}`, {
    description: `${sweep.summary}: shards ${shards.first} to ${shards.last}`,
    schedule: ScheduleExpression.cron({ ...cronOf(sweep), timeZone: TimeZone.ETC_UTC }),
    target: new SqsSendMessage(pages.queue, {
      role,
      deadLetterQueue: pages.failures,
      ...RETRIES,
      // The instant the run was meant for: a late one must not sweep by the time it happens to start.
      input: ScheduleTargetInput.fromObject({
        sweep: sweep.name,
        scheduledAt: ContextAttribute.scheduledTime,
        lookBackHours: sweep.lookBackHours,
        shards,
      }),
    }),
  });
}

const cronOf = ({ at }: NamedSweep) =>
  'everyMinutes' in at ? { minute: `0/${at.everyMinutes}` } : { minute: String(at.minute), hour: String(at.hour) };

/** Ours, closed to what CDK would add to it. */
function createScheduleRole(scope: Construct, id: string, { queue, failures }: Pages) {
  const stack = Stack.of(scope);
  const schedules = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' });
  const role = new Role(scope, id, {
    // The conditions keep the Scheduler of another account from borrowing this role.
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': schedules } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn, failures.queueArn] }),
  );
  return role.withoutPolicyUpdates();
}
