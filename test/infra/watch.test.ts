import { describe, expect, it } from 'vitest';
import { WATCHED } from '../../infra/watch/alarms/alarms.ts';
import { CONCERNS } from '../../infra/watch/alarms/watched.ts';
import { QUERIES } from '../../infra/watch/queries.ts';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { type Data, metricsOf, stateOf } from './alarms.ts';
import { type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { service, watch } = synthesizeTemplates();
const alarms = Object.values(resourcesOf(watch, 'AWS::CloudWatch::Alarm'));
const byName = new Map(alarms.map((alarm) => [String(alarm.AlarmName).replace('inmail-credits-prod-', ''), alarm]));
const [topicId] = Object.keys(resourcesOf(watch, 'AWS::SNS::Topic'));

const alarmNamed = (name: string): Properties => {
  const found = byName.get(name);
  if (!found) throw new Error(`no alarm is named ${name}`);
  return found;
};

/** Everything as it should be: runs come, and nothing waits, fails or is turned away. */
const HEALTHY: Data = {
  'AWS/ApiGateway Count': hours(1_000),
  'AWS/ApiGateway 5xx': hours(0),
  'AWS/ApiGateway Latency': hours(120),
  'AWS/Lambda ConcurrentExecutions': hours(40),
  'AWS/Lambda IteratorAge': hours(900),
  'AWS/SQS ApproximateAgeOfOldestMessage': hours(4),
  ...Object.fromEntries(
    SWEEPS.map((sweep) => [
      `InMailCredits ${sweep.name}-listed`,
      'everyMinutes' in sweep.runs ? hours(4) : onceIn26(16),
    ]),
  ),
  'InMailCredits renew-wallets-behind': hours(400),
};

function hours(value: number): number[] {
  return Array.from({ length: 26 }, () => value);
}

/** A daily run 20 hours ago, and nothing before and after it. */
function onceIn26(value: number): (number | undefined)[] {
  return Array.from({ length: 26 }, (_, index) => (index === 6 ? value : undefined));
}

const lately = (...values: number[]) => [...hours(0).slice(values.length), ...values];
const nothing: (number | undefined)[] = Array.from({ length: 26 }, () => undefined);
const inQueue = { 'AWS/SQS ApproximateNumberOfMessagesVisible': lately(1) };
const waiting = (seconds: number) => ({ 'AWS/SQS ApproximateAgeOfOldestMessage': lately(seconds) });

/** The failure that each alarm is for, in the data of its metrics. */
const FAILURES: Readonly<Record<string, Data>> = {
  'requests-fail': { 'AWS/ApiGateway Count': lately(100, 100, 100), 'AWS/ApiGateway 5xx': lately(5, 0, 4) },
  'requests-are-slow': { 'AWS/ApiGateway Latency': lately(2_500, 3_000, 2_100) },
  'requests-are-turned-away': { 'InMailCredits turned-away': lately(51) },
  'callers-are-refused': { 'InMailCredits refused-callers': lately(500) },
  'sign-in-fails': { 'AWS/Lambda Errors': lately(1) },
  'functions-are-throttled': { 'AWS/Lambda Throttles': lately(3, 0, 2) },
  'reads-are-throttled': { 'AWS/DynamoDB ReadThrottleEvents': lately(20, 20) },
  'writes-are-throttled': { 'AWS/DynamoDB WriteThrottleEvents': lately(20, 20) },
  'events-are-late': { 'AWS/Lambda IteratorAge': lately(700_000, 900_000) },
  'publish-events-failures': inQueue,
  'messages-fail': { 'InMailCredits messages-failed': lately(1) },
  'jobs-crash': { 'AWS/Lambda Errors': lately(1) },
  'listings-failures': inQueue,
  'listings-wait': waiting(1_000),
  'schedules-fail': { 'AWS/Scheduler TargetErrorCount': lately(1, 1) },
  ...Object.fromEntries(
    SWEEPS.flatMap(({ name }) => [
      [`${name}-failures`, inQueue],
      [`${name}-never-came`, { [`InMailCredits ${name}-listed`]: nothing }],
      [`${name}-wait`, waiting(7 * 60 * 60)],
    ]),
  ),
  'renewals-are-behind': { 'InMailCredits renew-wallets-behind': lately(4 * 60 * 60) },
  'reminders-are-left-out': { 'InMailCredits remind-recipients-left-out': lately(1) },
  'concurrency-runs-out': { 'AWS/Lambda ConcurrentExecutions': lately(850, 900) },
};

describe('the alarms', () => {
  it('every alarm has a failure to be tried with, and no failure lacks its alarm', () => {
    expect(Object.keys(FAILURES).sort()).toEqual(WATCHED.map(({ name }) => name).sort());
    expect([...byName.keys()].sort()).toEqual(Object.keys(FAILURES).sort());
  });

  it.each(Object.entries(FAILURES))(
    'the alarm %s rings at its failure, and is quiet while all is well',
    (name, data) => {
      const alarm = alarmNamed(name);
      expect(metricsOf(alarm)).toEqual(expect.arrayContaining(Object.keys(data)));
      expect(stateOf(alarm, HEALTHY)).toBe('OK');
      expect(stateOf(alarm, { ...HEALTHY, ...data })).toBe('ALARM');
    },
  );

  it.each(WATCHED)('the alarm $name tells the topic, the harm, its runbook, its query and the dashboard', (watched) => {
    const alarm = alarmNamed(watched.name);
    expect([alarm.AlarmActions, alarm.OKActions]).toEqual([[{ Ref: topicId }], [{ Ref: topicId }]]);
    const text = JSON.stringify(alarm.AlarmDescription);
    const asked = QUERIES.find(({ name }) => name === watched.query);
    for (const part of [watched.when, watched.hurts, `docs/recovery.md#${watched.runbook}`, asked?.asks]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('#dashboards/dashboard/inmail-credits-prod');
  });

  it('every queue of failures has an alarm', () => {
    const queues = Object.values(resourcesOf(service, 'AWS::SQS::Queue')).map(({ QueueName }) => String(QueueName));
    const failures = queues.filter((name) => name.endsWith('-failures'));
    const watched = alarms.map(({ Dimensions }) => JSON.stringify(Dimensions));
    expect(failures).toHaveLength(SWEEPS.length + 2);
    for (const queue of failures) expect(watched).toContain(JSON.stringify([{ Name: 'QueueName', Value: queue }]));
  });

  it('an alarm waits at most a day, or a week if its periods are hours', () => {
    for (const { Period = 300, EvaluationPeriods } of alarms) {
      const most = Number(Period) >= 3_600 ? 7 * 86_400 : 86_400;
      expect(Number(Period) * Number(EvaluationPeriods)).toBeLessThanOrEqual(most);
    }
  });

  it('a failing lister rings within 15 minutes', () => {
    expect(alarmNamed('messages-fail')).toMatchObject({ EvaluationPeriods: 1, DatapointsToAlarm: 1 });
  });
});

describe('the topic of the alarms', () => {
  it('the topic mails each address of the stage', () => {
    const alarmsTo = ['night@example.org', 'day@example.org'];
    const { watch: told } = synthesizeTemplates({ alarmsTo });
    const mails = Object.values(resourcesOf(told, 'AWS::SNS::Subscription'));
    expect(mails.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual(alarmsTo.map((to) => ['email', to]));
  });

  it('only CloudWatch and Budgets of this account may write to the topic, and only by TLS', () => {
    const [policy] = Object.values(resourcesOf(watch, 'AWS::SNS::TopicPolicy'));
    expect(((policy as Properties).PolicyDocument as Properties).Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  it('the budget of a stage counts that stage alone, and tells the same topic', () => {
    watch.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { CostFilters: { TagKeyValue: ['user:application$inmail-credits-prod'] } },
    });
    expect(JSON.stringify(resourcesOf(watch, 'AWS::Budgets::Budget'))).toContain(`"Address":{"Ref":"${topicId}"}`);
  });

  it('a stage without a budget can stand in a region that knows none', () => {
    const { watch: without } = synthesizeTemplates({ monthlyBudget: 'none' });
    without.resourceCountIs('AWS::Budgets::Budget', 0);
  });
});

describe('the dashboard', () => {
  const [dashboard] = Object.values(resourcesOf(watch, 'AWS::CloudWatch::Dashboard'));

  it('the dashboard is named after the stage, and asks its questions from the top to the bottom', () => {
    expect(dashboard?.DashboardName).toBe('inmail-credits-prod');
    const text = JSON.stringify(dashboard?.DashboardBody);
    const questions = ['Are members served?', 'Are the books right', 'Are the sweeps done?', 'What does it cost?'];
    const places = questions.map((question) => text.indexOf(question));
    expect(places).toHaveLength(CONCERNS.length);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('the dashboard shows the state of every alarm', () => {
    const ids = Object.keys(resourcesOf(watch, 'AWS::CloudWatch::Alarm'));
    const text = JSON.stringify(dashboard?.DashboardBody);
    for (const id of ids) expect(text).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
  });
});

describe('the saved queries', () => {
  const groups = new Set(
    [service, synthesizeTemplates().data].flatMap((stack) =>
      Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup')).map(({ LogGroupName }) => LogGroupName),
    ),
  );

  it.each(Object.values(resourcesOf(watch, 'AWS::Logs::QueryDefinition')).map((one) => [one.Name, one] as const))(
    'the query %s reads log groups that exist',
    (_, { LogGroupNames }) => {
      expect((LogGroupNames as string[]).filter((name) => !groups.has(name))).toEqual([]);
      expect(LogGroupNames).not.toHaveLength(0);
    },
  );

  it('the query about slow requests reads fields of the access log', () => {
    const [stage] = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Stage'));
    const { Format } = (stage as Properties).AccessLogSettings as { Format: string };
    const fields = Object.keys(JSON.parse(Format));
    const ofAccessLog = QUERIES.filter(({ name }) =>
      ['slow-requests', 'turned-away', 'refused-callers'].includes(name),
    );
    expect(ofAccessLog.flatMap((one) => one.fields).filter((field) => !fields.includes(field))).toEqual([]);
    expect(fields).toEqual(expect.arrayContaining(['caller', 'sourceIp', 'authorizerError', 'application']));
  });

  it('the query about refusals reads the log of each route', () => {
    const refusals = QUERIES.find(({ name }) => name === 'why-refused');
    const stage = { name: 'prod' } as Parameters<NonNullable<typeof refusals>['groups']>[0];
    expect(refusals?.groups(stage)).toEqual(ENDPOINTS.map(({ name }) => `/aws/lambda/inmail-credits-prod-${name}`));
  });
});
