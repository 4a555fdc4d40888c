/** The removal of a stage: its stacks in reverse, and what they have left. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { destroyStage } from '../../tools/destroy/destroy-stage.ts';
import type { RemainsClients } from '../../tools/destroy/remains.ts';
import { answering, awsError } from '../support/fake-aws.ts';

const REGION = { region: 'eu-central-1' };
const STACKS = ['data', 'page', 'service', 'watch'].map((part) => `inmail-credits-dev-${part}`);

/** An account by the names of what stands in it. Tables, pools and buckets know what keeps them from going. */
class AccountDouble {
  readonly stacks = new Set(STACKS);
  readonly logGroups = new Set<string>();
  readonly buckets = new Map<string, Set<string>>([
    ['inmail-credits-dev-page-1-eu-central-1', new Set(['index.html'])],
  ]);
  readonly tables = new Map<string, { isProtected: boolean }>();
  readonly pools = new Map<string, { name: string; isProtected: boolean; domain?: string }>();
  tagged: string[] = [];
  /** Of a stack that cannot go, with the reason. */
  stuck: { readonly stack: string; readonly why: string } | undefined;
  readonly order: string[] = [];

  readonly cloudFormation = answering(new CloudFormationClient(REGION), {
    DescribeStacks: ({ StackName }) => {
      if (!this.stacks.has(StackName)) throw awsError('ValidationError', `Stack with id ${StackName} does not exist`);
      return { Stacks: [{ StackStatus: this.stuck?.stack === StackName ? 'DELETE_FAILED' : 'CREATE_COMPLETE' }] };
    },
    DeleteStack: ({ StackName }) => {
      this.order.push(StackName);
      if (this.stuck?.stack === StackName) return;
      if (StackName.endsWith('-page')) this.#deleteBucketOfPage();
      this.stacks.delete(StackName);
    },
    DescribeStackEvents: () => ({
      StackEvents: [
        { ResourceStatus: 'DELETE_FAILED', LogicalResourceId: 'Files', ResourceStatusReason: this.stuck?.why },
        { ResourceStatus: 'DELETE_FAILED', LogicalResourceId: 'Old', Timestamp: new Date(0) },
      ],
    }),
  }).client;

  readonly remains: RemainsClients = {
    logs: answering(new CloudWatchLogsClient(REGION), {
      DescribeLogGroups: ({ logGroupNamePrefix }) => ({
        logGroups: [...this.logGroups]
          .filter((name) => name.startsWith(logGroupNamePrefix))
          .map((logGroupName) => ({ logGroupName })),
      }),
      DeleteLogGroup: ({ logGroupName }) => void this.logGroups.delete(logGroupName),
    }).client,
    s3: answering(new S3Client(REGION), {
      ListBuckets: ({ Prefix }) => ({
        Buckets: [...this.buckets.keys()].filter((name) => name.startsWith(Prefix)).map((Name) => ({ Name })),
      }),
      ListObjectsV2: ({ Bucket }) => ({ Contents: [...(this.buckets.get(Bucket) ?? [])].map((Key) => ({ Key })) }),
      DeleteObjects: ({ Bucket, Delete }) => {
        for (const { Key } of Delete.Objects) this.buckets.get(Bucket)?.delete(Key);
      },
      DeleteBucket: ({ Bucket }) => {
        if (this.buckets.get(Bucket)?.size !== 0) throw awsError('BucketNotEmpty');
        this.buckets.delete(Bucket);
      },
    }).client,
    tables: answering(new DynamoDBClient(REGION), {
      ListTables: () => ({ TableNames: [...this.tables.keys()] }),
      DescribeTable: ({ TableName }) => {
        const DeletionProtectionEnabled = this.tables.get(TableName)?.isProtected;
        return { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled } };
      },
      UpdateTable: ({ TableName, DeletionProtectionEnabled }) => {
        this.tables.set(TableName, { isProtected: DeletionProtectionEnabled });
      },
      DeleteTable: ({ TableName }) => {
        if (this.tables.get(TableName)?.isProtected) throw awsError('ValidationException');
        this.tables.delete(TableName);
      },
    }).client,
    cognito: answering(new CognitoIdentityProviderClient(REGION), {
      ListUserPools: () => ({ UserPools: [...this.pools].map(([Id, { name }]) => ({ Id, Name: name })) }),
      DescribeUserPool: ({ UserPoolId }) => {
        const { domain, isProtected } = this.pools.get(UserPoolId) ?? {};
        return { UserPool: { Domain: domain, DeletionProtection: isProtected ? 'ACTIVE' : 'INACTIVE' } };
      },
      DeleteUserPoolDomain: ({ UserPoolId }) => void delete this.pools.get(UserPoolId)?.domain,
      UpdateUserPool: ({ UserPoolId }) => void Object.assign(this.pools.get(UserPoolId) ?? {}, { isProtected: false }),
      DeleteUserPool: ({ UserPoolId }) => {
        const { domain, isProtected } = this.pools.get(UserPoolId) ?? {};
        if (domain || isProtected) throw awsError('InvalidParameterException');
        this.pools.delete(UserPoolId);
      },
    }).client,
    tagging: answering(new ResourceGroupsTaggingAPIClient(REGION), {
      GetResources: ({ TagFilters }) => {
        expect(TagFilters).toContainEqual({ Key: 'application', Values: ['inmail-credits-dev'] });
        return { ResourceTagMappingList: this.tagged.map((ResourceARN) => ({ ResourceARN })) };
      },
    }).client,
  };

  /** As CloudFormation does it, which cannot delete a bucket with files. */
  #deleteBucketOfPage(): void {
    const name = 'inmail-credits-dev-page-1-eu-central-1';
    if (this.buckets.get(name)?.size !== 0) throw awsError('BucketNotEmpty');
    this.buckets.delete(name);
  }
}

async function destroyed(account: AccountDouble, { stage = stageNamed('dev'), confirms = true }: Options = {}) {
  const said: string[] = [];
  const { cloudFormation, remains } = account;
  const isConfirmed = async () => confirms;
  await destroyStage(stage, { cloudFormation, remains, isConfirmed, say: (line) => void said.push(line) });
  return said;
}

type Options = { readonly stage?: Stage; readonly confirms?: boolean };

describe('the removal of a stage', () => {
  it('the stacks go in the reverse of their order, and the bucket of the page is emptied before', async () => {
    const account = new AccountDouble();
    const said = await destroyed(account);
    expect(account.order).toEqual(STACKS.toReversed());
    expect([account.stacks.size, account.buckets.size]).toEqual([0, 0]);
    expect(said.at(-1)).toBe('Nothing is left.');
  });

  it('a stage that has lost some stacks loses the others', async () => {
    const account = new AccountDouble();
    account.stacks.delete('inmail-credits-dev-service');
    await destroyed(account);
    expect(account.stacks.size).toBe(0);
  });

  it('the remains of the stacks go as well, and are named', async () => {
    const account = new AccountDouble();
    account.logGroups.add('/aws/lambda/inmail-credits-dev-page-files');
    account.logGroups.add('/aws/vendedlogs/inmail-credits-dev-access');
    account.tables.set('inmail-credits-dev-ledger-restored', { isProtected: true });
    account.pools.set('one', { name: 'inmail-credits-dev-members', isProtected: true, domain: 'sign-in' });
    account.buckets.set('inmail-credits-dev-page-1-us-east-1', new Set(['old.js']));
    const said = (await destroyed(account)).join('\n');
    const { logGroups, tables, pools, buckets } = account;
    expect([logGroups.size, tables.size, pools.size, buckets.size]).toEqual([0, 0, 0, 0]);
    expect(said).toContain('Removed the log group /aws/lambda/inmail-credits-dev-page-files.');
    expect(said).toContain('Removed the table inmail-credits-dev-ledger-restored.');
    expect(said).toContain('Removed the user pool one.');
    expect(said).toContain('Removed the bucket inmail-credits-dev-page-1-us-east-1.');
  });

  it('the removal leaves other stages and other projects alone', async () => {
    const account = new AccountDouble();
    account.logGroups.add('/aws/lambda/inmail-credits-devtwo-send-inmail');
    account.tables.set('inmail-credits-prod-ledger', { isProtected: true });
    account.pools.set('one', { name: 'inmail-credits-prod-members', isProtected: true });
    account.buckets.set('cdk-hnb659fds-assets-1-eu-central-1', new Set(['bundle.zip']));
    await destroyed(account);
    const { logGroups, tables, pools, buckets } = account;
    expect([logGroups.size, tables.size, pools.size, buckets.size]).toEqual([1, 1, 1, 1]);
  });

  it('a resource that still has the tags of the stage is named, unless its kind was dealt with', async () => {
    const account = new AccountDouble();
    const key = 'arn:aws:kms:eu-central-1:1:key/one';
    account.tagged = [key, 'arn:aws:dynamodb:eu-central-1:1:table/inmail-credits-dev-ledger'];
    expect((await destroyed(account)).at(-1)).toMatch(new RegExp(`list of tags[^\\n]+\\n {2}${key}$`));
  });

  it('a stack that cannot go is told with the reason of CloudFormation, and the stacks below it stay', async () => {
    const account = new AccountDouble();
    account.stuck = { stack: 'inmail-credits-dev-service', why: 'it is in use' };
    await expect(destroyed(account)).rejects.toThrow(
      'CloudFormation could not delete inmail-credits-dev-service: Files: it is in use',
    );
    expect([...account.stacks]).toEqual(STACKS.slice(0, 3));
  });

  it('no stack goes before the name of the stage is typed', async () => {
    const account = new AccountDouble();
    await expect(destroyed(account, { confirms: false })).rejects.toThrow('nothing was removed');
    expect(account.stacks.size).toBe(4);
  });

  it('a protected stage refuses in one line, with the reason and the way to do it', async () => {
    const account = new AccountDouble();
    const why = await destroyed(account, { stage: stageNamed('prod') }).catch((error: Error) => error.message);
    expect(why).toMatch(/^prod is protected, because .*isProtected to false.*deploy that.*$/);
    expect([account.order, account.stacks.size]).toEqual([[], 4]);
  });
});
