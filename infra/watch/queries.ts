/** The saved queries of CloudWatch Logs Insights. They answer the questions that operators ask of the logs. */
import { type ILogGroup, LogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { type FunctionName, PERMISSIONS } from '../lambda/permissions.ts';
import { accessLogOf, applicationOf, logGroupOf } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';

type Query = {
  /** The question it answers, and its name in the console. */
  readonly asks: string;
  readonly groups: (stage: Stage) => readonly string[];
  readonly fields: readonly string[];
  readonly filter: string;
  readonly sort: string;
  readonly stats?: string;
};

const query = <const Name extends string>(name: Name, parts: Query) => ({ name, ...parts });

const logsOf = (names: readonly string[]) => (stage: Stage) => names.map((name) => logGroupOf(stage, name));
const API_LOGS = logsOf(ENDPOINTS.map(({ name }) => name));
const SWEEP_LOGS = logsOf(['list-due', ...SWEEPS.map(({ name }) => name)]);
const ALL_LOGS = logsOf(Object.keys(PERMISSIONS) satisfies readonly string[] as readonly FunctionName[]);
const ACCESS_LOG = (stage: Stage) => [accessLogOf(stage)];

/** `sum(`renew-wallets-written`) as renew_wallets_written`. Each count stands in the log as well, in its own field. */
const SWEEP_COUNTS = SWEEPS.flatMap(({ name }) =>
  ['listed', 'written', 'overtaken', 'failed', 'left-out'].map((outcome) => {
    const field = `${name}-${outcome}`;
    return `sum(\`${field}\`) as ${field.replaceAll('-', '_')}`;
  }),
).join(', ');

export const QUERIES = [
  query('why-refused', {
    asks: 'Why was this member refused',
    groups: API_LOGS,
    fields: ['@timestamp', 'caller', 'route', 'problem', 'rule', 'requestId'],
    // An operator puts the member's id in place of the word.
    filter: 'message = "refused" and caller = "MEMBER"',
    sort: '@timestamp desc',
  }),
  query('first-of-month', {
    asks: 'What did the 1st do',
    groups: SWEEP_LOGS,
    fields: ['@timestamp'],
    filter: 'ispresent(_aws.Timestamp)',
    stats: `${SWEEP_COUNTS} by bin(5m)`,
    sort: 'bin(5m) asc',
  }),
  query('slow-requests', {
    asks: 'Which requests were slow',
    groups: ACCESS_LOG,
    fields: ['requestTime', 'route', 'status', 'responseLatencyMillis', 'requestId', 'functionRequestId'],
    filter: 'responseLatencyMillis > 1000',
    sort: 'responseLatencyMillis desc',
  }),
  query('operators', {
    asks: 'Which operator did what',
    groups: API_LOGS,
    fields: ['@timestamp', 'caller', 'route', 'memberId', 'product', 'otherId', 'status', 'requestId'],
    filter: 'kind = "access"',
    sort: '@timestamp desc',
  }),
  query('failures', {
    asks: 'What failed',
    groups: ALL_LOGS,
    fields: [
      '@timestamp',
      'level',
      'message',
      'route',
      'table',
      'operation',
      'error.name',
      'reason',
      'requestId',
      '@log',
    ],
    filter: 'level in ["WARN", "ERROR", "CRITICAL"] or @message like /Task timed out|Runtime exited/',
    sort: '@timestamp desc',
  }),
  query('turned-away', {
    asks: 'Which routes are asked too often',
    groups: ACCESS_LOG,
    fields: ['requestTime'],
    filter: 'status = "429"',
    stats: 'count(*) as requests, count_distinct(caller) as callers by route, bin(5m)',
    sort: 'requests desc',
  }),
  query('refused-callers', {
    asks: 'Which callers are refused',
    groups: ACCESS_LOG,
    fields: ['requestTime'],
    filter: 'status in ["401", "403"]',
    stats: 'count(*) as requests by sourceIp, route, status, authorizerError',
    sort: 'requests desc',
  }),
] as const;

export type QueryName = (typeof QUERIES)[number]['name'];

/** `inmail-credits-dev/Why was this member refused`. The console shows the part before the slash as a folder. */
export const queryNameOf = (stage: Stage, { asks }: Pick<Query, 'asks'>): string => `${applicationOf(stage)}/${asks}`;

export function createQueries(scope: StageStack): void {
  const groups = new Map<string, ILogGroup>();
  const groupNamed = (name: string): ILogGroup => {
    const group = groups.get(name) ?? LogGroup.fromLogGroupName(scope, `Logs${groups.size}`, name);
    groups.set(name, group);
    return group;
  };
  for (const one of QUERIES) {
    new QueryDefinition(scope, `${pascalCaseOf(one.name)}Query`, {
      queryDefinitionName: queryNameOf(scope.stage, one),
      queryString: queryStringOf(one),
      logGroups: one.groups(scope.stage).map(groupNamed),
    });
  }
}

const queryStringOf = ({ fields, filter, sort, stats }: Query): QueryString =>
  new QueryString({
    fields: [...fields],
    filterStatements: [filter],
    ...(stats !== undefined && { statsStatements: [stats] }),
    sort,
    limit: 200,
  });
