/** Finds the things of a stage in the account by their names and tags, whatever CloudFormation says of them. */
import pMap from 'p-map';
import { nameIn } from '../../infra/names.ts';
import { aws } from './programs.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Each lists the names of one kind of resource. */
const KINDS: readonly { readonly what: string; readonly call: readonly string[] }[] = [
  { what: 'stack', call: ['cloudformation', 'describe-stacks', '--query=Stacks[].StackName'] },
  { what: 'table', call: ['dynamodb', 'list-tables', '--query=TableNames'] },
  { what: 'user pool', call: ['cognito-idp', 'list-user-pools', '--max-results=60', '--query=UserPools[].Name'] },
  { what: 'API', call: ['apigatewayv2', 'get-apis', '--query=Items[].Name'] },
  { what: 'function', call: ['lambda', 'list-functions', '--query=Functions[].FunctionName'] },
  { what: 'queue', call: ['sqs', 'list-queues', '--query=QueueUrls'] },
  { what: 'bus', call: ['events', 'list-event-buses', '--query=EventBuses[].Name'] },
  { what: 'schedule', call: ['scheduler', 'list-schedules', '--query=Schedules[].Name'] },
  { what: 'schedule group', call: ['scheduler', 'list-schedule-groups', '--query=ScheduleGroups[].Name'] },
  { what: 'log group', call: ['logs', 'describe-log-groups', '--query=logGroups[].logGroupName'] },
  { what: 'bucket', call: ['s3api', 'list-buckets', '--query=Buckets[].Name'] },
  { what: 'topic', call: ['sns', 'list-topics', '--query=Topics[].TopicArn'] },
  { what: 'alarm', call: ['cloudwatch', 'describe-alarms', '--query=MetricAlarms[].AlarmName'] },
  { what: 'dashboard', call: ['cloudwatch', 'list-dashboards', '--query=DashboardEntries[].DashboardName'] },
  { what: 'key', call: ['kms', 'list-aliases', '--query=Aliases[].AliasName'] },
  { what: 'distribution', call: ['cloudfront', 'list-distributions', '--query=DistributionList.Items[].Comment'] },
  {
    what: 'headers policy',
    call: [
      'cloudfront',
      'list-response-headers-policies',
      '--type=custom',
      '--query=ResponseHeadersPolicyList.Items[].ResponseHeadersPolicy.ResponseHeadersPolicyConfig.Name',
    ],
  },
  { what: 'role', call: ['iam', 'list-roles', '--query=Roles[].RoleName'] },
  {
    what: 'tagged thing',
    call: ['resourcegroupstaggingapi', 'get-resources', '--query=ResourceTagMappingList[].ResourceARN'],
  },
];

/** `queue https://…/inmail-credits-dev-listings`: everything whose name begins with the stage's. */
export async function leftoversOf(rehearsal: Rehearsal, stage: string): Promise<string[]> {
  const prefix = nameIn({ name: stage }, '');
  const found = await pMap(
    KINDS,
    async ({ what, call }) => {
      const names = ((await aws(rehearsal, ...call)) ?? []) as readonly string[];
      return names.filter((name) => name.includes(prefix)).map((name) => `${what} ${name}`);
    },
    { concurrency: CALLS_AT_ONCE },
  );
  return found.flat();
}

/** Each starts a Python. */
const CALLS_AT_ONCE = 4;
