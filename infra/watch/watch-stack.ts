import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type App, CfnOutput } from 'aws-cdk-lib/core';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import type { DataStack } from '../data/data-stack.ts';
import { applicationOf } from '../names.ts';
import { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';
import { WATCHED } from './alarms/alarms.ts';
import { CONCERNS, type Concern, evaluationOf, type Watched, type WatchedParts } from './alarms/watched.ts';
import { createBudget } from './budget.ts';
import { createDashboard } from './dashboard.ts';
import { createLogMetrics } from './log-metrics.ts';
import { createQueries, QUERIES, queryNameOf } from './queries.ts';
import { createTopic } from './topic.ts';

export type WatchStackParts = { readonly stage: Stage; readonly data: DataStack };

/** Watches over the other stacks, which it finds by their names. None of them knows it. */
export class WatchStack extends StageStack {
  constructor(app: App, { stage, data }: WatchStackParts) {
    super(app, { stage, part: 'watch', description: 'alarms, the dashboard, saved queries and the budget' });
    const { apiId } = data.api;
    const topic = createTopic(this);
    createLogMetrics(this);
    createQueries(this);
    const create = (watched: Watched) => createAlarm({ scope: this, apiId }, watched, topic);
    const ofConcern = (concern: Concern) => WATCHED.filter((one) => one.concern === concern).map(create);
    const alarms = Object.fromEntries(CONCERNS.map((concern) => [concern, ofConcern(concern)]));
    createDashboard({ scope: this, apiId, alarms: alarms as Record<Concern, Alarm[]> });
    createBudget(this, topic);
    new CfnOutput(this, 'DashboardUrl', { value: dashboardUrlOf(this) });
  }
}

function createAlarm(parts: WatchedParts, watched: Watched, topic: ITopic): Alarm {
  const { scope } = parts;
  const alarm = new Alarm(scope, `${pascalCaseOf(watched.name)}Alarm`, {
    alarmName: scope.nameOf(watched.name),
    alarmDescription: descriptionOf(scope, watched),
    metric: watched.metric(parts),
    ...evaluationOf(watched.rings),
  });
  const tell = new SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
}

/** The mail of an alarm holds this text. */
function descriptionOf(scope: StageStack, { when, hurts, runbook, query }: Watched): string {
  const asked = QUERIES.find(({ name }) => name === query);
  if (!asked) throw new Error(`no saved query is named ${query}`);
  return [
    `When: ${when}`,
    `Hurts: ${hurts}`,
    `Runbook: docs/recovery.md#${runbook}`,
    `Query: ${queryNameOf(scope.stage, asked)} (${consoleOf(scope)}#logsV2:logs-insights)`,
    `Dashboard: ${dashboardUrlOf(scope)}`,
  ].join('\n');
}

const consoleOf = ({ region }: StageStack): string =>
  `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;

const dashboardUrlOf = (scope: StageStack): string =>
  `${consoleOf(scope)}#dashboards/dashboard/${applicationOf(scope.stage)}`;
