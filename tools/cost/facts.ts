/** The parts of a stage's templates that cost money, counted and not typed in. */
import { runsAMonth } from './cron.ts';
import type { Properties, Template } from './templates.ts';

/** A plan of Cognito's, as the template names it. */
export const PLANS = ['LITE', 'ESSENTIALS', 'PLUS'] as const;
export type Plan = (typeof PLANS)[number];

export type Facts = {
  readonly plan: Plan;
  /** One for each client of a machine: the minutes that its token lasts. */
  readonly machineTokenMinutes: readonly number[];
  readonly alarms: readonly { readonly name: string; readonly metrics: number }[];
  readonly compositeAlarms: number;
  /** Metrics that a filter takes from a log: `namespace/name`. */
  readonly filteredMetrics: readonly string[];
  /** Routes whose own metrics are switched on. */
  readonly measuredRoutes: number;
  /** For each dashboard, the metrics on it. */
  readonly dashboardMetrics: readonly number[];
  readonly keys: number;
  /** Queues that Lambda polls whether or not they hold messages. */
  readonly polledQueues: number;
  readonly schedules: readonly { readonly runs: number; readonly shards: number; readonly lookBackHours: number }[];
  /** The largest memory among the functions of each kind. */
  readonly mebibytes: Readonly<Record<'api' | 'lister' | 'worker' | 'publisher' | 'trigger', number>>;
  /** The longest that a log keeps its lines. */
  readonly logDays: number;
  readonly hasPage: boolean;
  readonly isTraced: boolean;
};

export function factsOf(templates: readonly Template[]): Facts {
  const all = (type: string) => found(templates, type);
  const functions = new Map(all('AWS::Lambda::Function').map(({ id, properties }) => [id, properties]));
  const stages = all('AWS::ApiGatewayV2::Stage');
  const mappings = all('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties);
  const fromQueues = mappings.filter((mapping) => mapping.StartingPosition === undefined);
  const [pool] = all('AWS::Cognito::UserPool');
  if (!pool) throw new Error('the templates have no user pool');
  const memoryOf = (ids: readonly unknown[]) =>
    Math.max(0, ...ids.map((id) => Number(functions.get(idIn(id))?.MemorySize ?? 0)));
  const calledBy = (principal: string) =>
    all('AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal === principal)
      .map(({ properties }) => properties.FunctionName);
  const targetsOf = (some: readonly Properties[]) => some.map((mapping) => mapping.FunctionName);
  return {
    plan: planOf(pool.properties),
    machineTokenMinutes: all('AWS::Cognito::UserPoolClient').flatMap(({ properties }) => tokenMinutesOf(properties)),
    alarms: all('AWS::CloudWatch::Alarm').map(alarmOf),
    compositeAlarms: all('AWS::CloudWatch::CompositeAlarm').length,
    filteredMetrics: all('AWS::Logs::MetricFilter').flatMap(({ properties }) => metricsOf(properties)),
    measuredRoutes: stages.some(({ properties }) => isMeasured(properties))
      ? all('AWS::ApiGatewayV2::Route').length
      : 0,
    dashboardMetrics: all('AWS::CloudWatch::Dashboard').map(({ properties }) => metricsOn(properties)),
    keys: all('AWS::KMS::Key').length,
    polledQueues: fromQueues.length,
    schedules: all('AWS::Scheduler::Schedule').map(({ properties }) => scheduleOf(properties)),
    mebibytes: {
      api: memoryOf(calledBy('apigateway.amazonaws.com')),
      // A listing comes alone, and batches come several at a time.
      lister: memoryOf(targetsOf(fromQueues.filter(({ BatchSize }) => BatchSize === 1))),
      worker: memoryOf(targetsOf(fromQueues.filter(({ BatchSize }) => BatchSize !== 1))),
      publisher: memoryOf(targetsOf(mappings.filter((mapping) => mapping.StartingPosition !== undefined))),
      trigger: memoryOf(calledBy('cognito-idp.amazonaws.com')),
    },
    logDays: Math.max(0, ...all('AWS::Logs::LogGroup').map(({ properties }) => Number(properties.RetentionInDays))),
    hasPage: all('AWS::CloudFront::Distribution').length > 0,
    isTraced: [...functions.values()].some(({ TracingConfig }) => (TracingConfig as Properties)?.Mode === 'Active'),
  };
}

type Found = { readonly id: string; readonly properties: Properties };

const found = (templates: readonly Template[], type: string): readonly Found[] =>
  templates.flatMap(({ Resources }) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties: properties = {} }]) => ({ id, properties })),
  );

/** The logical id behind a `Ref` or an `Fn::GetAtt`. */
function idIn(reference: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
}

function planOf({ UserPoolTier = 'ESSENTIALS' }: Properties): Plan {
  const plan = PLANS.find((one) => one === UserPoolTier);
  if (!plan) throw new Error(`no plan of Cognito's has a price here: ${UserPoolTier}`);
  return plan;
}

function tokenMinutesOf({ AllowedOAuthFlows, AccessTokenValidity, TokenValidityUnits }: Properties): number[] {
  if (!(AllowedOAuthFlows as string[] | undefined)?.includes('client_credentials')) return [];
  const unit = (TokenValidityUnits as Properties | undefined)?.AccessToken ?? 'hours';
  return [Number(AccessTokenValidity ?? 1) * (unit === 'minutes' ? 1 : 60)];
}

/** An alarm on a formula pays for each metric that goes into it. */
function alarmOf({ id, properties: { AlarmName, Metrics } }: Found) {
  const metrics = (Metrics as readonly Properties[] | undefined)?.filter(({ MetricStat }) => MetricStat).length ?? 1;
  return { name: typeof AlarmName === 'string' ? AlarmName : id, metrics };
}

const metricsOf = ({ MetricTransformations }: Properties): string[] =>
  (MetricTransformations as readonly Properties[]).map(
    ({ MetricNamespace, MetricName }) => `${MetricNamespace}/${MetricName}`,
  );

const isMeasured = ({ DefaultRouteSettings }: Properties): boolean =>
  (DefaultRouteSettings as Properties | undefined)?.DetailedMetricsEnabled === true;

/** A body is one text, in parts where it names other resources. A row that begins with a formula is no metric. */
function metricsOn({ DashboardBody }: Properties): number {
  const [, parts] = (DashboardBody as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? ['', [DashboardBody]];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics?: unknown[][] } }[] };
  const rows = widgets.flatMap(({ properties: { metrics = [] } }) => metrics);
  return rows.filter(([first]) => typeof first === 'string').length;
}

function scheduleOf({ ScheduleExpression, Target }: Properties) {
  const { Input = '{}' } = Target as { Input?: string };
  const { shards, lookBackHours = 0 } = JSON.parse(Input) as {
    shards?: { first: number; last: number };
    lookBackHours?: number;
  };
  return {
    runs: runsAMonth(String(ScheduleExpression)),
    shards: shards ? shards.last - shards.first + 1 : 0,
    lookBackHours,
  };
}
