import { describe, expect, it } from 'vitest';
import { synthesizeTables } from '../../infra/data/data-template.ts';
import { constructIdOf } from '../../infra/lambda/functions.ts';
import { type FunctionName, PERMISSIONS } from '../../infra/lambda/permissions.ts';
import { stageNamed } from '../../infra/stages.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { idIn, importedFrom, resourcesOf, synthesizeTemplates } from './synthesized.ts';

type Statement = { Effect: string; Action: string | string[]; Resource: unknown };

const { data, service } = synthesizeTemplates();
const ofBoth = (type: string) => ({ ...resourcesOf(data, type), ...resourcesOf(service, type) });
const functions = ofBoth('AWS::Lambda::Function');
const policies = Object.entries(ofBoth('AWS::IAM::Policy')).map(([id, { Roles, PolicyDocument }]) => ({
  id,
  roles: (Roles as { Ref: string }[]).map(({ Ref }) => Ref),
  statements: (PolicyDocument as { Statement: Statement[] }).Statement,
}));
const names = Object.keys(PERMISSIONS) as FunctionName[];
/** `test/events/infra.test.ts` checks the other permissions of the publisher. */
const users = names.filter((name) => name !== 'publish-events');

describe('the roles', () => {
  it.each(policies)('the policy $id allows nothing with a star in it', ({ statements }) => {
    for (const { Effect, Action, Resource } of statements) {
      expect(Effect).toBe('Allow');
      expect(JSON.stringify([Action, Resource])).not.toContain('*');
    }
  });

  it("each function and each sweep's schedules have a role of their own, without policies of AWS", () => {
    const roles = Object.values(ofBoth('AWS::IAM::Role'));
    // Those for people have names, because people have to find them.
    expect(roles.filter(({ RoleName }) => !RoleName)).toHaveLength(names.length + SWEEPS.length);
    expect(roles.flatMap(({ RoleName }) => RoleName ?? [])).toEqual([
      'inmail-credits-prod-break-glass',
      'inmail-credits-prod-runbooks',
    ]);
    for (const role of roles) {
      expect(role).not.toHaveProperty('ManagedPolicyArns');
      expect(role).not.toHaveProperty('Policies');
    }
    const used = Object.values(functions).map(({ Role }) => JSON.stringify(Role));
    expect(new Set(used).size).toBe(names.length);
  });
});

describe('the roles for people', () => {
  const trustIn = (isProtected: boolean) => {
    const templates = synthesizeTemplates({ isProtected });
    const roles = [templates.data, templates.service].flatMap((one) =>
      Object.values(resourcesOf(one, 'AWS::IAM::Role')),
    );
    return roles
      .filter(({ RoleName }) => RoleName)
      .map(({ AssumeRolePolicyDocument, MaxSessionDuration }) => {
        const { Statement } = AssumeRolePolicyDocument as { Statement: { Condition?: unknown }[] };
        return { conditions: Statement.map(({ Condition }) => Condition), seconds: MaxSessionDuration };
      });
  };

  it('a stage that holds what people own asks for a second factor, and for a new session after an hour', () => {
    const identityCenter = [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':iam::',
      { Ref: 'AWS::AccountId' },
      ':role/aws-reserved/sso.amazonaws.com/*',
    ];
    const conditions = [
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      // People of IAM Identity Center were asked for theirs there.
      { ArnLike: { 'aws:PrincipalArn': { 'Fn::Join': ['', identityCenter] } } },
    ];
    expect(trustIn(true)).toEqual(Array(2).fill({ conditions, seconds: 3_600 }));
  });

  it('another stage asks for no second factor, so that its drills run by machine', () => {
    expect(trustIn(false)).toEqual(Array(2).fill({ conditions: [undefined], seconds: 3_600 }));
  });
});

describe('the permissions', () => {
  it.each(users)('the function %s may do what its row says, and write its own log', (name) => {
    const rows = Object.entries<readonly string[]>(PERMISSIONS[name]);
    const expected = rows.flatMap(([place, actions]) => actions.map((action) => `${place} dynamodb:${action}`));
    const log = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${constructIdOf(name)}Logs ${action}`);
    const allowed = allowedTo(name).filter((one) => !/ sqs:/.test(one));
    expect(allowed.sort()).toEqual([...expected, ...log].sort());
  });

  const queues: Record<string, string> = { 'list-due': 'Listings' };
  for (const { name } of SWEEPS) queues[name] = `${constructIdOf(name)}Queue`;

  it.each(names.filter((name) => name !== 'publish-events'))(
    'the function %s may only take from its own queue',
    (name) => {
      const take = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'];
      const own = queues[name] ? take.map((action) => `${queues[name]} sqs:${action}`) : [];
      // Only the lister sends, and never to the queue that starts it, because AWS would take that for a loop.
      const send = name === 'list-due' ? SWEEPS.map((sweep) => `${queues[sweep.name]} sqs:SendMessage`) : [];
      const allowed = allowedTo(name).filter((one) => one.includes(' sqs:'));
      expect(allowed.sort()).toEqual([...own, ...send].sort());
    },
  );

  it('no function may update or delete an entry of the ledger', () => {
    const allowed = names.flatMap(allowedTo).filter((one) => one.startsWith('ledger '));
    expect([...new Set(allowed)].sort()).toEqual([
      'ledger dynamodb:BatchGetItem',
      'ledger dynamodb:GetItem',
      'ledger dynamodb:PutItem',
      'ledger dynamodb:Query',
    ]);
  });

  it('the permissions name tables and indexes that exist', () => {
    const places = Object.entries(synthesizeTables(stageNamed('prod'))).flatMap(
      ([table, { GlobalSecondaryIndexes = [] }]) => [
        table,
        ...GlobalSecondaryIndexes.map(({ IndexName }) => `${table}/${IndexName}`),
      ],
    );
    expect(places).toEqual(expect.arrayContaining(Object.values(PERMISSIONS).flatMap((row) => Object.keys(row))));
  });
});

/** `inmails/due dynamodb:Query`: every pair of a resource and an action in the policies of a function's role. */
function allowedTo(name: FunctionName): string[] {
  const lambda = Object.entries(functions).find(([id]) => withoutHash(id) === constructIdOf(name))?.[1];
  const role = idIn(lambda?.Role);
  const statements = policies.filter(({ roles }) => roles.includes(role)).flatMap((policy) => policy.statements);
  return statements.flatMap(({ Action, Resource }) =>
    [Resource].flat().flatMap((resource) => [Action].flat().map((action) => `${placeOf(resource)} ${action}`)),
  );
}

/** The resource of a statement: a neighbour or, through an output of the data stack, a table, an index or a stream. */
function placeOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const imported = importedFrom(data, resource);
  if (imported === undefined) return withoutHash(idIn(resource));
  const index = /"(\/index\/\w+)"/.exec(text)?.[1]?.replace('/index', '') ?? '';
  const [id = '', attribute] = imported.split('.');
  if (/Logs[0-9A-F]{8}$/.test(id)) return withoutHash(id);
  return withoutHash(id).toLowerCase() + index + (attribute === 'StreamArn' ? '/stream' : '');
}

/** A logical id is the construct's id, then eight hexadecimal digits. */
function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
