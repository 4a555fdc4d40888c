/** One dashboard a stage. It answers four questions, from the top to the bottom. */
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  PeriodOverride,
  TextWidget,
  TextWidgetBackground,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { accessLogOf, applicationOf } from '../names.ts';
import { CONCERNS, type Concern, type WatchedParts } from './alarms/watched.ts';
import {
  accountMetric,
  apiMetric,
  failedMessages,
  functionMetric,
  ownMetric,
  queueMetric,
  throttledRequests,
} from './metrics.ts';

/** CloudWatch's grid has 24 columns. */
const WIDTH = 24;
const HEIGHT = 6;

const QUESTIONS: Readonly<Record<Concern, string>> = {
  members: 'Are members served?',
  books: 'Are the books right, and are they told?',
  sweeps: 'Are the sweeps done?',
  cost: 'What does it cost?',
};

type Graph = { readonly title: string; readonly metrics: readonly IMetric[] };

const sum = { statistic: 'Sum', minutes: 5 } as const;
const maximum = { statistic: 'Maximum', minutes: 5 } as const;

const GRAPHS: Readonly<Record<Concern, (parts: WatchedParts) => readonly Graph[]>> = {
  members: ({ scope, apiId }) => [
    {
      title: 'Requests, and those that fail',
      metrics: (['Count', '4xx', '5xx'] as const).map((name) => apiMetric(apiId, name, sum)),
    },
    { title: 'Slowest of a hundred, ms', metrics: [apiMetric(apiId, 'Latency', { statistic: 'p99', minutes: 5 })] },
    {
      title: 'Turned away, and refused',
      metrics: ['turned-away', 'refused-callers'].map((name) => ownMetric(scope, name, sum)),
    },
  ],
  books: ({ scope }) => [
    { title: 'Events published', metrics: [ownMetric(scope, 'events-published', sum)] },
    {
      title: 'Age of the oldest change that is not yet published, ms',
      metrics: [functionMetric(scope, 'publish-events', 'IteratorAge', maximum)],
    },
    {
      title: 'Throttled by DynamoDB',
      metrics: (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((name) =>
        throttledRequests(scope, name, 5),
      ),
    },
  ],
  sweeps: ({ scope }) => [
    { title: 'Written', metrics: SWEEPS.map(({ name }) => ownMetric(scope, `${name}-written`, sum)) },
    {
      title: 'Delay of the oldest work, s',
      metrics: SWEEPS.map(({ name }) => ownMetric(scope, `${name}-behind`, maximum)),
    },
    {
      title: 'Oldest message of each queue, s',
      metrics: ['listings', ...SWEEPS.map(({ name }) => name)].map((name) =>
        queueMetric(scope, name, 'ApproximateAgeOfOldestMessage', 5),
      ),
    },
    { title: 'Failed messages', metrics: [failedMessages(scope)] },
  ],
  cost: () => [
    { title: 'Functions at once, of the account', metrics: [accountMetric('ConcurrentExecutions', maximum)] },
    { title: 'Calls that Lambda turned away, of the account', metrics: [accountMetric('Throttles', sum)] },
  ],
};

export type DashboardParts = WatchedParts & {
  readonly alarms: Readonly<Record<Concern, readonly Alarm[]>>;
};

export function createDashboard({ scope, apiId, alarms }: DashboardParts): void {
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: applicationOf(scope.stage),
    defaultInterval: Duration.days(1),
    periodOverride: PeriodOverride.INHERIT,
  });
  for (const concern of CONCERNS) {
    dashboard.addWidgets(titleOf(concern));
    dashboard.addWidgets(new AlarmStatusWidget({ alarms: [...alarms[concern]], width: WIDTH, height: 2 }));
    dashboard.addWidgets(...graphsOf(GRAPHS[concern]({ scope, apiId })));
  }
  dashboard.addWidgets(slowRequests(scope.stage.name, accessLogOf(scope.stage)));
}

const titleOf = (concern: Concern): IWidget =>
  new TextWidget({
    markdown: `# ${QUESTIONS[concern]}`,
    width: WIDTH,
    height: 1,
    background: TextWidgetBackground.TRANSPARENT,
  });

const graphsOf = (graphs: readonly Graph[]): IWidget[] =>
  graphs.map(
    ({ title, metrics }) =>
      new GraphWidget({
        title,
        left: [...metrics],
        width: WIDTH / graphs.length,
        height: HEIGHT,
        leftYAxis: { min: 0 },
      }),
  );

const slowRequests = (stage: string, logGroup: string): IWidget =>
  new LogQueryWidget({
    title: `Requests of ${stage} by route`,
    logGroupNames: [logGroup],
    queryLines: ['stats count(*) as requests, pct(responseLatencyMillis, 99) as p99 by route', 'sort requests desc'],
    width: WIDTH,
    height: HEIGHT,
  });
