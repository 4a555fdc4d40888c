/** The metrics that alarms and the dashboard read, found by the physical names of the stage. */
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { TABLES, type TableName } from '../../shared/contract/tables.ts';
import type { FunctionName } from '../lambda/permissions.ts';
import { applicationOf, METRICS_NAMESPACE } from '../names.ts';
import { tableNameIn } from '../restored.ts';
import type { StageStack } from '../stage-stack.ts';

type Statistic = 'Sum' | 'Maximum' | 'SampleCount' | 'p99';
type Reading = { readonly statistic: Statistic; readonly minutes: number };

type Named = Reading & {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensionsMap: Record<string, string>;
};

const metric = ({ minutes, ...named }: Named): Metric => new Metric({ ...named, period: Duration.minutes(minutes) });

/** One of our own, which a function counts (`shared/runtime/telemetry.ts`). */
export const ownMetric = (scope: StageStack, metricName: string, reading: Reading): Metric =>
  metric({
    ...reading,
    metricName,
    namespace: METRICS_NAMESPACE,
    dimensionsMap: { service: applicationOf(scope.stage) },
  });

/** Each function counts its own, because an operator must know which one to look at. */
export function failedMessages(scope: StageStack): MathExpression {
  const metrics = ['list-due', ...SWEEPS.map(({ name }) => name)].map((name) =>
    metric({
      ...{ metricName: 'messages-failed', statistic: 'Sum', minutes: 5, namespace: METRICS_NAMESPACE },
      dimensionsMap: { service: applicationOf(scope.stage), function: scope.nameOf(name) },
    }),
  );
  return sumOf(metrics, 'Messages of sweeps that failed');
}

export const apiMetric = (apiId: string, metricName: '5xx' | '4xx' | 'Count' | 'Latency', reading: Reading): Metric =>
  metric({ ...reading, metricName, namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: apiId } });

type LambdaMetric = 'Errors' | 'Throttles' | 'Duration' | 'Invocations' | 'IteratorAge';

export const functionMetric = (
  scope: StageStack,
  name: FunctionName,
  metricName: LambdaMetric,
  reading: Reading,
): Metric =>
  metric({ ...reading, metricName, namespace: 'AWS/Lambda', dimensionsMap: { FunctionName: scope.nameOf(name) } });

const JOBS = ['list-due', ...SWEEPS.map(({ name }) => name), 'publish-events'] as const;

/** A handler that ends in order reports its failures in another way (`failedMessages`). */
export const jobErrors = (scope: StageStack): MathExpression =>
  sumOf(
    JOBS.map((name) => functionMetric(scope, name, 'Errors', { statistic: 'Sum', minutes: 5 })),
    'Jobs that Lambda ended',
  );

/** Of all functions of the account in this region, those of other systems included. */
export const accountMetric = (metricName: 'Throttles' | 'ConcurrentExecutions', reading: Reading): Metric =>
  metric({ ...reading, metricName, namespace: 'AWS/Lambda', dimensionsMap: {} });

type QueueMetric = 'ApproximateNumberOfMessagesVisible' | 'ApproximateAgeOfOldestMessage';

export const queueMetric = (scope: StageStack, queue: string, metricName: QueueMetric, minutes: number): Metric =>
  metric({
    ...{ metricName, minutes, statistic: 'Maximum', namespace: 'AWS/SQS' },
    dimensionsMap: { QueueName: scope.nameOf(queue) },
  });

/** The messages in the failures queue of a queue or a function. */
export const failuresMetric = (scope: StageStack, name: string): Metric =>
  queueMetric(scope, `${name}-failures`, 'ApproximateNumberOfMessagesVisible', 1);

type SchedulerMetric = 'InvocationDroppedCount' | 'TargetErrorCount';

export const schedulerMetric = (scope: StageStack, metricName: SchedulerMetric, reading: Reading): Metric =>
  metric({
    ...reading,
    metricName,
    namespace: 'AWS/Scheduler',
    dimensionsMap: { ScheduleGroup: scope.nameOf('sweeps') },
  });

const INDEXES: { readonly [table in TableName]?: readonly string[] } = {
  subscriptions: ['renewals'],
  inmails: ['inbox', 'due'],
};

type ThrottleMetric = 'ReadThrottleEvents' | 'WriteThrottleEvents';

/** Of all tables and indexes together. CloudWatch keeps those of an index apart from those of its table. */
export function throttledRequests(scope: StageStack, metricName: ThrottleMetric, minutes: number): MathExpression {
  const places = TABLES.flatMap((table) => [
    { TableName: tableNameIn(scope.stage, table) },
    ...(INDEXES[table] ?? []).map((index) => ({
      TableName: tableNameIn(scope.stage, table),
      GlobalSecondaryIndexName: index,
    })),
  ]);
  const metrics = places.map((dimensionsMap) =>
    metric({ metricName, dimensionsMap, minutes, statistic: 'Sum', namespace: 'AWS/DynamoDB' }),
  );
  return sumOf(metrics, `${metricName} of all tables`);
}

/** A metric without data counts as zero. The ids have the metric's name, because all ids of a graph must differ. */
function sumOf(metrics: readonly Metric[], label: string): MathExpression {
  const idOf = ({ metricName }: Metric, index: number) => `${metricName.toLowerCase().replaceAll('-', '_')}_${index}`;
  const usingMetrics = Object.fromEntries(metrics.map((one, index) => [idOf(one, index), one]));
  const [{ period } = {}] = metrics;
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, label, ...(period && { period }) });
}
