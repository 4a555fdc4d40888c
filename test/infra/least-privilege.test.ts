/** Each role against the calls that it makes, and against those that it must not make. AWS's decisions are simulated. */
import { describe, expect, it, vi } from 'vitest';
import { type FunctionName, PERMISSIONS } from '../../infra/lambda/permissions.ts';
import { nameIn } from '../../infra/names.ts';
import { stageNamed } from '../../infra/stages.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { TABLES } from '../../shared/contract/tables.ts';
import { recordCalls } from './calls-in-use.ts';
import { ACCOUNT, arnOf, roleArnOf } from './resolved.ts';
import { ADMINISTRATOR, type Caller, type Request, simulatedAccount } from './simulated-account.ts';
import { synthesizeTemplates } from './synthesized.ts';

/** Thousands of requests are decided, in some seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const stage = stageNamed('prod');
const named = (part: string) => nameIn(stage, part);
const { data, service } = synthesizeTemplates();
const account = simulatedAccount(stage, { data, service });
const NAMES = Object.keys(PERMISSIONS) as FunctionName[];
const recorded = await recordCalls();

const table = (place: string) => arnOf('dynamodb', `table/${named(place.replace('/', '/index/'))}`);
const queue = (name: string) => arnOf('sqs', named(name));
const bus = arnOf('events', `event-bus/${named('events')}`);
const logOf = (name: FunctionName) => arnOf('logs', `log-group:/aws/lambda/${named(name)}:log-stream:one`);
const stream = (name: string) => `${table(name)}/stream/2026-01-01T00:00:00.000`;

const PLACES = [...TABLES, 'subscriptions/renewals', 'inmails/inbox', 'inmails/due'];
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect'];
const ITEM_CHANGES = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'];
const TABLE_CHANGES = ['DeleteTable', 'UpdateTable', 'PutResourcePolicy', 'DeleteResourcePolicy', 'UpdateTimeToLive'];
const OF_TABLE = [...READS, 'PutItem', ...ITEM_CHANGES, ...TABLE_CHANGES];
/** AWS knows these actions for an index as well. */
const OF_INDEX = ['Query', 'Scan', 'PartiQLSelect'];

const WORK_QUEUES = ['listings', ...SWEEPS.map(({ name }) => name)];
const QUEUES = [...WORK_QUEUES.flatMap((name) => [name, `${name}-failures`]), 'publish-events-failures'];
const TAKE = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'];
const OF_QUEUE = [...TAKE, 'SendMessage', 'PurgeQueue', 'SetQueueAttributes', 'DeleteQueue'];

const request = (service: string, action: string, resource: string): Request => ({
  action: `${service}:${action}`,
  resource,
});
const ofQueue = (action: string, name: string) => request('sqs', action, queue(name));
const keyOf = ({ action, resource }: Request) => `${action} ${resource}`;

/** The calls that the recorder does not see, because Lambda's pollers or another client make them. */
function besides(name: FunctionName): Request[] {
  const takenFrom = name === 'list-due' ? 'listings' : name;
  return [
    ...['CreateLogStream', 'PutLogEvents'].map((action) => request('logs', action, logOf(name))),
    ...(WORK_QUEUES.includes(takenFrom) ? TAKE.map((action) => ofQueue(action, takenFrom)) : []),
    ...(name === 'list-due' ? SWEEPS.map((sweep) => ofQueue('SendMessage', sweep.name)) : []),
    ...(name === 'publish-events'
      ? [
          request('events', 'PutEvents', bus),
          ofQueue('SendMessage', 'publish-events-failures'),
          ...['ledger', 'inmails'].flatMap((source) =>
            ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action) =>
              request('dynamodb', action, stream(source)),
            ),
          ),
        ]
      : []),
  ];
}

function inUse(name: FunctionName): Request[] {
  const calls = recorded[name].map((call) => call.split(' ') as [string, string]);
  return [...calls.map(([place, action]) => request('dynamodb', action, table(place))), ...besides(name)];
}

/** All that there is to do in the account, as far as it would hurt. */
const EVERYTHING: readonly Request[] = [
  ...PLACES.flatMap((place) =>
    (place.includes('/') ? OF_INDEX : OF_TABLE).map((action) => request('dynamodb', action, table(place))),
  ),
  ...['ledger', 'inmails'].map((source) => request('dynamodb', 'GetRecords', stream(source))),
  ...QUEUES.flatMap((name) => OF_QUEUE.map((action) => ofQueue(action, name))),
  ...NAMES.flatMap((name) => [
    request('logs', 'PutLogEvents', logOf(name)),
    request('logs', 'DeleteLogStream', logOf(name)),
    ...['DeleteLogGroup', 'PutRetentionPolicy', 'FilterLogEvents'].map((action) =>
      request('logs', action, logOf(name).replace(/:log-stream.*/, '')),
    ),
    ...['InvokeFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'DeleteFunction'].map((action) =>
      request('lambda', action, arnOf('lambda', `function:${named(name)}`)),
    ),
  ]),
  ...['PutEvents', 'PutRule', 'DeleteEventBus'].map((action) =>
    request('events', action, action === 'PutRule' ? arnOf('events', 'rule/mine') : bus),
  ),
  ...['PassRole', 'AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'DeleteRole'].map((action) =>
    request('iam', action, roleArnOf(named('break-glass'))),
  ),
  request('iam', 'CreateUser', arnOf('iam', 'user/mallory', '')),
  request('iam', 'CreateAccessKey', arnOf('iam', 'user/mallory', '')),
  ...['break-glass', 'runbooks'].map((role) => request('sts', 'AssumeRole', roleArnOf(named(role)))),
  request('cognito-idp', 'AdminGetUser', arnOf('cognito-idp', 'userpool/us-east-1_one')),
  request('cognito-idp', 'AdminAddUserToGroup', arnOf('cognito-idp', 'userpool/us-east-1_one')),
  request('s3', 'PutObject', `arn:aws:s3:::${named('page')}-${ACCOUNT}/index.html`),
  request('kms', 'Decrypt', arnOf('kms', 'key/one')),
  request('scheduler', 'DeleteSchedule', arnOf('scheduler', `schedule/${named('sweeps')}/renew-wallets-00`)),
];

/** The requests of a list that the caller would be granted, by all policies or by those of its role alone. */
async function grantedTo(caller: Caller, requests: readonly Request[], without?: 'resource policy'): Promise<string[]> {
  const granted: string[] = [];
  for (const one of requests) {
    if ((await account.decide(caller, one, without)) === 'Allowed') granted.push(keyOf(one));
  }
  return granted.sort();
}

describe('the functions', () => {
  it.each(NAMES)('the function %s is granted each call that it makes', async (name) => {
    const calls = inUse(name);
    expect(await grantedTo(account.callerOf(named(name)), calls)).toEqual(calls.map(keyOf).sort());
  });

  // The policies of queues, tables and bus are left out, because they would hide a role that may too much.
  it.each(NAMES)('the function %s is granted nothing else in the account, by its role alone', async (name) => {
    const own = new Set(inUse(name).map(keyOf));
    const others = EVERYTHING.filter((one) => !own.has(keyOf(one)));
    expect(others.length).toBeGreaterThan(250);
    expect(await grantedTo(account.callerOf(named(name)), others, 'resource policy')).toEqual([]);
  });

  it('the list of everything holds all calls of all functions but those for log streams, queues and streams', () => {
    const listed = new Set(EVERYTHING.map(keyOf));
    const unlisted = NAMES.flatMap(inUse).filter((one) => !listed.has(keyOf(one)));
    expect([...new Set(unlisted.map(({ action }) => action))].sort()).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetShardIterator',
      'logs:CreateLogStream',
    ]);
  });
});

describe('the schedules', () => {
  it.each(SWEEPS.map(({ name }) => name))('the schedules of %s may only queue a listing', async (name) => {
    const id = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    const [caller, ...others] = account.rolesLike(`${id}ScheduleRole`);
    expect(others).toEqual([]);
    const allowed = ['listings', 'listings-failures'].map((one) => keyOf(ofQueue('SendMessage', one)));
    for (const without of [undefined, 'resource policy'] as const) {
      expect(await grantedTo(caller as Caller, EVERYTHING, without)).toEqual(allowed.sort());
    }
  });
});

describe('the ledger', () => {
  const changes = ITEM_CHANGES.map((action) => request('dynamodb', action, table('ledger')));

  it.each(changes)('the ledger refuses $action to an administrator, by its own policy alone', async (change) => {
    expect(await account.decide(ADMINISTRATOR, change)).toBe('ExplicitlyDenied');
    expect(await account.decide(ADMINISTRATOR, change, 'resource policy')).toBe('Allowed');
  });

  it.each(changes)('the ledger refuses $action to a function whose role was widened by mistake', async (change) => {
    const { role } = account.callerOf(named('send-inmail'));
    expect(await account.decide({ ...ADMINISTRATOR, role }, change)).toBe('ExplicitlyDenied');
  });

  it('the break-glass role changes and deletes entries, and nothing else that matters', async () => {
    const caller = account.roleNamed(named('break-glass'));
    expect(await grantedTo(caller, EVERYTHING)).toEqual(
      ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action} ${table('ledger')}`),
    );
  });

  it('a role of another stage does not break the glass of this one', async () => {
    const role = nameIn({ name: 'dev' }, 'break-glass');
    const decision = await account.decide({ ...ADMINISTRATOR, role }, changes[0] as Request);
    expect(decision).toBe('ExplicitlyDenied');
  });

  it('DynamoDB may copy the ledger to a replica, under the role that only DynamoDB has', async () => {
    const role = 'aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication';
    expect(await account.decide({ ...ADMINISTRATOR, role }, changes[0] as Request)).toBe('Allowed');
  });

  it.each(['GetItem', 'Query', 'Scan', 'PutItem', 'ConditionCheckItem', 'RestoreTableToPointInTime', 'CreateBackup'])(
    'the policy of the ledger leaves %s to those who have it',
    async (action) => {
      expect(await account.decide(ADMINISTRATOR, request('dynamodb', action, table('ledger')))).toBe('Allowed');
    },
  );

  it.each(['BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Scan', 'Query', 'GetItem'])(
    'a restore of the ledger may %s on its target, as it must',
    async (action) => {
      const target = request('dynamodb', action, table('ledger-2026-11-27'));
      expect(await account.decide(ADMINISTRATOR, target)).toBe('Allowed');
    },
  );
});

describe('the queues and the bus', () => {
  it.each(QUEUES)('the queue %s takes no message from an administrator', async (name) => {
    const send = ofQueue('SendMessage', name);
    expect(await account.decide(ADMINISTRATOR, send)).toBe('ExplicitlyDenied');
    expect(await account.decide(ADMINISTRATOR, send, 'resource policy')).toBe('Allowed');
  });

  it('the bus takes no event from an administrator', async () => {
    const put = request('events', 'PutEvents', bus);
    expect(await account.decide(ADMINISTRATOR, put)).toBe('ExplicitlyDenied');
    expect(await account.decide(ADMINISTRATOR, put, 'resource policy')).toBe('Allowed');
  });

  it('the runbooks may redrive, sweep, republish and read, and change no book', async () => {
    const granted = await grantedTo(account.roleNamed(named('runbooks')), EVERYTHING);
    const ofQueues = [...TAKE, 'PurgeQueue', 'SendMessage'];
    const expected = [
      ...QUEUES.flatMap((name) => ofQueues.map((action) => ofQueue(action, name))),
      ...TABLES.flatMap((name) =>
        ['GetItem', 'Query', 'Scan'].map((action) => request('dynamodb', action, table(name))),
      ),
      request('events', 'PutEvents', bus),
    ];
    expect(granted).toEqual(expected.map(keyOf).sort());
  });
});
