import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, it, vi } from 'vitest';
import { synthesizeDataTemplate, synthesizeTables } from '../../infra/data/data-template.ts';
import { PERMISSIONS } from '../../infra/lambda/permissions.ts';
import { stageNamed } from '../../infra/stages.ts';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { type Changes, synthesizeTemplates, withApp } from './synthesized.ts';

const prod = stageNamed('prod');
const tables = synthesizeTables(prod);
const template = synthesizeDataTemplate(prod);

/** `memberId:S product:S`, partition keys first, in the form of a short table. */
function keys(table: (typeof tables)[keyof typeof tables], schema = table.KeySchema): string {
  const typeOf = (name: string) => table.AttributeDefinitions.find((one) => one.AttributeName === name)?.AttributeType;
  return schema.map((key) => `${key.KeyType} ${key.AttributeName}:${typeOf(key.AttributeName)}`).join(', ');
}

describe('the tables', () => {
  it.each([
    ['subscriptions', 'HASH memberId:S, RANGE product:S'],
    ['ledger', 'HASH walletId:S, RANGE seq:N'],
    ['inmails', 'HASH senderId:S, RANGE recipientN:S'],
    ['connections', 'HASH memberId:S, RANGE otherId:S'],
  ] as const)('the table %s has the key that the store uses', (name, expected) => {
    expect(keys(tables[name])).toBe(expected);
  });

  it.each([
    ['subscriptions', { renewals: 'HASH renewalDay:N, HASH shard:N' }],
    ['ledger', {}],
    ['inmails', { inbox: 'HASH recipientId:S, RANGE sentAt:S', due: 'HASH shard:N, RANGE sentAt:S' }],
    ['connections', {}],
  ] as const)('the table %s has exactly the indexes that the store reads', (name, expected) => {
    const indexes = tables[name].GlobalSecondaryIndexes ?? [];
    const found = indexes.map((index) => [index.IndexName, keys(tables[name], index.KeySchema)]);
    expect(Object.fromEntries(found)).toEqual(expected);
    for (const { IndexName, Projection } of indexes) {
      const toRemind = { ProjectionType: 'INCLUDE', NonKeyAttributes: ['remindedAt', 'hiddenByRecipient'] };
      expect(Projection).toEqual(IndexName === 'due' ? toRemind : { ProjectionType: 'KEYS_ONLY' });
    }
  });

  it.each([
    ['subscriptions', undefined],
    ['ledger', { StreamViewType: 'NEW_IMAGE' }],
    ['inmails', { StreamViewType: 'NEW_AND_OLD_IMAGES' }],
    ['connections', undefined],
  ] as const)('the table %s streams what its consumers need', (name, expected) => {
    expect(tables[name].StreamSpecification).toEqual(expected);
  });

  it.each(Object.entries(tables))(
    'the table %s is on demand, recoverable, protected and named after its stage',
    (name, table) => {
      expect(table.BillingMode).toBe('PAY_PER_REQUEST');
      expect(table.TableName).toBe(`inmail-credits-prod-${name}`);
      expect(table.Replicas).toHaveLength(1);
      expect(table.Replicas[0]).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );
});

describe('the exports of the data stack', () => {
  it('the stack exports the streams of those tables that have one, because CloudFormation fails at any other', () => {
    const streaming = Object.values(template.Resources).filter(({ Properties }) => Properties?.StreamSpecification);
    const ids = Object.keys(template.Resources).filter((id) => streaming.includes(template.Resources[id] as never));
    const text = JSON.stringify(template);
    const exported = [...text.matchAll(/"Fn::GetAtt":\["(\w+)","StreamArn"\]/g)].map(([, id]) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(exported)).toEqual(new Set(ids));
  });
});

describe('the data stack', () => {
  it('tables, identities and addresses keep their logical ids, because a new id is a new and empty one', () => {
    const ids = Object.entries(template.Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(ids.filter((id) => !/ AWS::(IAM|Lambda)::|LogDelivery|^\w+Logs[0-9A-F]{8} /.test(id))).toEqual([
      'Subscriptions1F71F6D8 AWS::DynamoDB::GlobalTable',
      'LedgerB7379752 AWS::DynamoDB::GlobalTable',
      'Inmails47C1D6EE AWS::DynamoDB::GlobalTable',
      'Connections827CEF2F AWS::DynamoDB::GlobalTable',
      'UserPool6BA7E5F2 AWS::Cognito::UserPool',
      'UserPoolBillingOperators084E9181 AWS::Cognito::UserPoolGroup',
      'UserPoolSupportOperatorsBFF28BD6 AWS::Cognito::UserPoolGroup',
      'UserPoolScopes984E1F07 AWS::Cognito::UserPoolResourceServer',
      'UserPoolDomainD0EA232A AWS::Cognito::UserPoolDomain',
      'ApiF70053CD AWS::ApiGatewayV2::Api',
      'SignInLogF705D151 AWS::Logs::LogGroup',
      'AccessLogD598EBE9 AWS::Logs::LogGroup',
    ]);
  });

  it.each([
    [true, 'RetainExceptOnCreate'],
    [false, 'Delete'],
  ])('the logs about people are locked against deletion: %s, with the policy %s', (isProtected, onDelete) => {
    const { data, service } = synthesizeTemplates({ isProtected, accessLogRetentionDays: 365 });
    const logs = Object.values(data.findResources('AWS::Logs::LogGroup')).filter(
      ({ Properties }) => !/grant-scopes$/.test(Properties?.LogGroupName),
    );
    // The gateway's, the sign-ins', and those of the functions that billing and support call.
    const aboutOthers = ENDPOINTS.filter(({ access }) => access !== 'member').length;
    expect(logs).toHaveLength(2 + aboutOthers);
    for (const log of logs) {
      expect(log).toMatchObject({
        Properties: { RetentionInDays: 365, DeletionProtectionEnabled: isProtected },
        DeletionPolicy: onDelete,
      });
    }
    // The service has the logs of all other functions, which go with it.
    expect(Object.keys(service.findResources('AWS::Logs::LogGroup'))).toHaveLength(
      Object.keys(PERMISSIONS).length - aboutOthers - 1,
    );
  });

  const irreplaceable = /^AWS::(DynamoDB::GlobalTable|Cognito::UserPool)$/;

  it.each([
    ['prod', 'RetainExceptOnCreate', 'Retain'],
    ['dev', 'Delete', 'Delete'],
  ])('tables and user pool of the stage %s have the deletion policy %s', (stage, onDelete, onReplace) => {
    const resources = Object.values(synthesizeDataTemplate(stageNamed(stage)).Resources);
    const kept = resources.filter(({ Type }) => irreplaceable.test(Type));
    expect(kept).toHaveLength(5);
    for (const resource of kept) {
      expect(resource).toMatchObject({ DeletionPolicy: onDelete, UpdateReplacePolicy: onReplace });
    }
  });

  const protection = ({ isProtected }: Changes) =>
    withApp(
      ({ app }) => app.node.children.map((stack) => (stack as Stack).terminationProtection),
      {},
      { isProtected: isProtected === true },
    );

  it('the stack alone is protected from deletion, in stages that hold what people own', () => {
    expect(protection({ isProtected: true })).toEqual([true, false, false, false]);
    expect(protection({ isProtected: false })).toEqual([false, false, false, false]);
  });

  it('the stack is the same alone, as the local system makes it, and within the app', () => {
    const inTheApp = synthesizeTemplates().data.toJSON().Resources;
    const bare = Object.entries(inTheApp as typeof template.Resources).map(([id, resource]) => {
      const { Metadata: _, ...rest } = resource as typeof resource & { Metadata?: unknown };
      return [id, rest];
    });
    expect(Object.fromEntries(bare)).toEqual(template.Resources);
  });

  it.each([
    ['PLUS', ['userNotification', 'userAuthEvents']],
    ['ESSENTIALS', ['userNotification']],
  ] as const)('user pools of the plan %s log the sources %j', (plan, sources) => {
    const { data } = synthesizeTemplates({ signIn: { plan, secondFactor: 'required' } });
    data.hasResourceProperties('AWS::Cognito::LogDeliveryConfiguration', {
      LogConfigurations: sources.map((EventSource) => Match.objectLike({ EventSource })),
    });
  });

  it('the stack leaves no files behind when it is synthesized alone', () => {
    const directory = mkdtempSync(join(tmpdir(), 'inmail-credits-test-'));
    vi.stubEnv('TMPDIR', directory);
    synthesizeDataTemplate(prod);
    vi.unstubAllEnvs();
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });
});
