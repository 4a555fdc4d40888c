import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib/core';
import { type QueueEnvironment, queueVariableOf } from '../../shared/contract/environment.ts';
import {
  MAX_RECEIVES,
  messagesAtOnceOf,
  type QueueName,
  timeoutSecondsOf,
  visibilitySecondsOf,
} from '../../shared/contract/queues.ts';
import {
  type NamedSweep,
  ofEachSweep,
  type ShardRange,
  SWEEPS,
  type SweepName,
  shardGroupsOf,
} from '../../shared/contract/sweeps.ts';
import { LISTERS_AT_ONCE } from '../concurrency.ts';
import { constructIdOf, createFunction, environmentOf, roleOf } from '../lambda/functions.ts';
import type { Tables } from '../lambda/tables-in-use.ts';
import type { StageStack } from '../stage-stack.ts';
import { createFailuresQueue } from './failures.ts';
import { letOnlySend } from './senders.ts';

/** 512 MB for the lister, because it holds eight listings of keys and waits most of the time. */
const LISTER_MEMORY_MEBIBYTES = 512;

/** 1,769 MB give one whole processor, because a worker with 16 keys under way is never idle. */
const WORKER_MEMORY_MEBIBYTES = 1769;

/** Scheduler's maximum is 185 tries over 24 h. A late run still does right, because its date comes with it. */
const RETRIES = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/**
 * Schedules → listings queue → lister → a queue for each sweep → its workers. No function writes to the queue that starts it,
 * because AWS would take that for a loop and stop it.
 */
export function createSweeps(scope: StageStack, tables: Tables): readonly Queue[] {
  const listings = createListings(scope);
  const batches = ofEachSweep((sweep) => createWorker(scope, { sweep, tables }));
  const lister = createLister(scope, { tables, listings, batches });
  const group = createScheduleGroup(scope);
  const schedules = SWEEPS.map((sweep) => createSchedules(scope, { sweep, listings, group }));
  for (const queue of [listings.queue, listings.failures]) letOnlySend(scope, queue, schedules);
  for (const { queue, failures } of Object.values(batches)) {
    letOnlySend(scope, queue, [lister]);
    letOnlySend(scope, failures, []);
  }
  return [listings, ...Object.values(batches)].flatMap(({ queue, failures }) => [queue, failures]);
}

/** The queue that starts a function, and the queue of what it failed to do. */
type QueuePair = { readonly queue: Queue; readonly failures: Queue };

function createListings(scope: StageStack): QueuePair {
  // Scheduler sends a message here when it cannot reach the queue. The queue sends one when the lister has failed eight times.
  // An operator can send both to the queue again once the cause is gone.
  const failures = createFailuresQueue(scope, 'listings');
  return { queue: createQueue(scope, 'Listings', { name: 'listings', failures }), failures };
}

type QueueParts = { readonly name: QueueName; readonly failures: Queue };

function createQueue(scope: StageStack, id: string, { name, failures }: QueueParts): Queue {
  return new Queue(scope, id, {
    queueName: scope.nameOf(name),
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    visibilityTimeout: Duration.seconds(visibilitySecondsOf(name)),
    retentionPeriod: Duration.days(4), // sweeps look back 3 days, and only operators make messages wait longer
    deadLetterQueue: { queue: failures, maxReceiveCount: MAX_RECEIVES },
  });
}

/** Each sweep has a queue of its own, so that no reminder waits behind ten million renewals. */
function createWorker(scope: StageStack, { sweep, tables }: { sweep: NamedSweep; tables: Tables }): QueuePair {
  const { name, summary, workersAtOnce } = sweep;
  const id = constructIdOf(name);
  const failures = createFailuresQueue(scope, name);
  const queue = createQueue(scope, `${id}Queue`, { name, failures });
  const worker = createFunction(scope, {
    name,
    tables,
    description: summary,
    memorySize: WORKER_MEMORY_MEBIBYTES,
    timeout: Duration.seconds(timeoutSecondsOf(name)),
    reserved: workersAtOnce,
  });
  feed(worker, { name, queue, maxConcurrency: workersAtOnce });
  return { queue, failures };
}

type ListerParts = {
  readonly tables: Tables;
  readonly listings: QueuePair;
  readonly batches: Readonly<Record<SweepName, QueuePair>>;
};

/** Returns the lister's role. */
function createLister(scope: StageStack, { tables, listings, batches }: ListerParts): IRole {
  const urls = Object.fromEntries(
    SWEEPS.map(({ name }) => [queueVariableOf(name), batches[name].queue.queueUrl]),
  ) as QueueEnvironment;
  const lister = createFunction(scope, {
    name: 'list-due',
    tables,
    description: 'Lists what is due for the sweeps, and queues it in batches',
    memorySize: LISTER_MEMORY_MEBIBYTES,
    timeout: Duration.seconds(timeoutSecondsOf('listings')),
    reserved: LISTERS_AT_ONCE,
    environment: { ...environmentOf(tables), ...urls },
  });
  lister.addToRolePolicy(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: Object.values(batches).map(({ queue }) => queue.queueArn),
    }),
  );
  feed(lister, { name: 'listings', queue: listings.queue, maxConcurrency: LISTERS_AT_ONCE });
  return roleOf(lister);
}

type Feed = { readonly name: QueueName; readonly queue: Queue; readonly maxConcurrency: number };

function feed(handler: IFunction, { name, queue, maxConcurrency }: Feed): void {
  handler.addEventSource(
    new SqsEventSource(queue, { batchSize: messagesAtOnceOf(name), maxConcurrency, reportBatchItemFailures: true }),
  );
}

/**
 * One schedule for each group of shards. The lister cannot make the groups, because it may not write to the queue that starts
 * it. Returns the role of the schedules.
 */
function createSchedules(scope: StageStack, { sweep, listings, group }: SchedulesParts): IRole {
  const id = constructIdOf(sweep.name);
  const role = createScheduleRole(scope, `${id}ScheduleRole`, { listings, group });
  for (const shards of shardGroupsOf(sweep)) createSchedule(scope, { sweep, shards, listings, group, role });
  return role;
}

type SchedulesParts = {
  readonly sweep: NamedSweep;
  readonly listings: QueuePair;
  readonly group: ScheduleGroup;
};

type ScheduleParts = SchedulesParts & {
  readonly shards: ShardRange;
  readonly role: ReturnType<typeof createScheduleRole>;
};

function createSchedule(scope: StageStack, { sweep, shards, listings, group, role }: ScheduleParts): void {
  const schedule = new Schedule(scope, `${constructIdOf(sweep.name)}Schedule${shards.first}`, {
    scheduleName: `${sweep.name}-${String(shards.first).padStart(2, '0')}`,
    scheduleGroup: group,
    description: `${sweep.summary}: shards ${shards.first} to ${shards.last}`,
    schedule: ScheduleExpression.cron({ ...cronOf(sweep), timeZone: TimeZone.ETC_UTC }),
    target: new SqsSendMessage(listings.queue, {
      role,
      deadLetterQueue: listings.failures,
      ...RETRIES,
      // A late run must sweep by its scheduled instant and not by the time of its start.
      input: ScheduleTargetInput.fromObject({
        sweep: sweep.name,
        scheduledAt: ContextAttribute.scheduledTime,
        lookBackHours: sweep.lookBackHours,
        shards,
      }),
    }),
  });
  // CDK writes the group's name and no reference, so CloudFormation would not know the order.
  schedule.node.addDependency(group);
}

const cronOf = ({ runs }: NamedSweep) =>
  'everyMinutes' in runs
    ? { minute: `0/${runs.everyMinutes}` }
    : { minute: String(runs.minute), hour: String(runs.hour) };

/** A group of the stage's own, in which its schedules stand by their names. */
const createScheduleGroup = (scope: StageStack): ScheduleGroup =>
  new ScheduleGroup(scope, 'Schedules', {
    scheduleGroupName: scope.nameOf('sweeps'),
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** A role of our own, to which CDK cannot add permissions. */
function createScheduleRole(scope: StageStack, id: string, { listings, group }: Omit<SchedulesParts, 'sweep'>) {
  const { queue, failures } = listings;
  const role = new Role(scope, id, {
    // The conditions keep the Scheduler of another account from borrowing this role.
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account, 'aws:SourceArn': group.scheduleGroupArn } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn, failures.queueArn] }),
  );
  return role.withoutPolicyUpdates();
}
