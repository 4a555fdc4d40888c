/**
 * Stacks leave things behind: log groups that a function has made again, files of the page, and restored tables. A stack
 * that failed may have left more. Each kind is a row, and all are found by the prefix of the stage's names.
 */
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  type CognitoIdentityProviderClient,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  paginateListUserPools,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateListTables,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  paginateListBuckets,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { applicationOf, nameIn } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { clientSettings, dynamoDbOf } from '../aws/clients.ts';
import { cognitoOf } from '../aws/deployed.ts';

export type RemainsClients = {
  readonly cognito: CognitoIdentityProviderClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly tables: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
};

export const remainsClientsOf = (stage: Stage): RemainsClients => ({
  cognito: cognitoOf(stage),
  logs: new CloudWatchLogsClient(clientSettings(stage)),
  s3: new S3Client(clientSettings(stage)),
  tables: dynamoDbOf(stage),
  tagging: new ResourceGroupsTaggingAPIClient(clientSettings(stage)),
});

type Kind = {
  /** `log group`. */
  readonly what: string;
  /** The names or ids of those that are there. */
  readonly find: (clients: RemainsClients, prefix: string) => Promise<string[]>;
  readonly remove: (clients: RemainsClients, id: string) => Promise<unknown>;
};

const LOG_FOLDERS = ['/aws/lambda/', '/aws/vendedlogs/'];

async function findLogGroups({ logs: client }: RemainsClients, prefix: string): Promise<string[]> {
  const names = await Promise.all(
    LOG_FOLDERS.map(async (folder) => {
      const pages = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: folder + prefix });
      return collect(pages, ({ logGroups = [] }) => logGroups.map(({ logGroupName }) => logGroupName));
    }),
  );
  return names.flat();
}

const findBuckets = ({ s3: client }: RemainsClients, prefix: string): Promise<string[]> =>
  collect(paginateListBuckets({ client }, { Prefix: prefix }), ({ Buckets = [] }) => Buckets.map(({ Name }) => Name));

/** One call deletes as many objects as one page names. */
async function emptyBucket({ s3: client }: RemainsClients, bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    const objects = Contents.map(({ Key }) => ({ Key }));
    if (objects.length > 0)
      await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } }));
  }
}

async function removeBucket(clients: RemainsClients, bucket: string): Promise<void> {
  await emptyBucket(clients, bucket);
  await clients.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
}

/** The list is that of all tables, in the order of their names. */
const findTables = async ({ tables: client }: RemainsClients, prefix: string): Promise<string[]> =>
  (await collect(paginateListTables({ client }, {}), ({ TableNames = [] }) => TableNames)).filter((name) =>
    name.startsWith(prefix),
  );

/** A restored table has the protection of the one that it stands for. A table takes one change at a time. */
async function removeTable({ tables: client }: RemainsClients, name: string): Promise<void> {
  const table = { TableName: name };
  const { Table } = await client.send(new DescribeTableCommand(table));
  if (Table?.DeletionProtectionEnabled) {
    await client.send(new UpdateTableCommand({ ...table, DeletionProtectionEnabled: false }));
    await waitUntilTableExists({ client, maxWaitTime: TABLE_WAIT_SECONDS, minDelay: 1, maxDelay: 5 }, table);
  }
  await client.send(new DeleteTableCommand(table));
}

/** It takes a second or two. */
const TABLE_WAIT_SECONDS = 60;

const findUserPools = ({ cognito: client }: RemainsClients, prefix: string): Promise<string[]> =>
  collect(paginateListUserPools({ client }, { MaxResults: 60 }), ({ UserPools = [] }) =>
    UserPools.filter(({ Name = '' }) => Name.startsWith(prefix)).map(({ Id }) => Id),
  );

/** A pool with a sign-in address or with protection cannot be deleted. */
async function removeUserPool({ cognito }: RemainsClients, id: string): Promise<void> {
  const pool = { UserPoolId: id };
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand(pool));
  if (UserPool?.Domain) await cognito.send(new DeleteUserPoolDomainCommand({ ...pool, Domain: UserPool.Domain }));
  if (UserPool?.DeletionProtection === 'ACTIVE') {
    await cognito.send(new UpdateUserPoolCommand({ ...pool, DeletionProtection: 'INACTIVE' }));
  }
  await cognito.send(new DeleteUserPoolCommand(pool));
}

const KINDS: readonly Kind[] = [
  {
    what: 'log group',
    find: findLogGroups,
    remove: ({ logs }, logGroupName) => logs.send(new DeleteLogGroupCommand({ logGroupName })),
  },
  { what: 'bucket', find: findBuckets, remove: removeBucket },
  { what: 'table', find: findTables, remove: removeTable },
  { what: 'user pool', find: findUserPools, remove: removeUserPool },
];

/** Of every resource of the stage, with a dash at its end, so that no other stage has it. */
const prefixOf = (stage: Stage): string => nameIn(stage, '');

/** S3 deletes no bucket that holds files. */
export async function emptyBuckets(clients: RemainsClients, stage: Stage): Promise<void> {
  for (const bucket of await findBuckets(clients, prefixOf(stage))) await emptyBucket(clients, bucket);
}

/** Removes what is left after the stacks, and calls `onRemoved` with each, such as `table inmail-credits-dev-ledger`. */
export async function removeRemains(
  clients: RemainsClients,
  stage: Stage,
  onRemoved: (what: string) => void,
): Promise<void> {
  for (const { what, find, remove } of KINDS) {
    for (const id of await find(clients, prefixOf(stage))) {
      await remove(clients, id);
      onRemoved(`${what} ${id}`);
    }
  }
}

/** The services whose resources `KINDS` and the stacks have dealt with. AWS's list of tags still has them for a while. */
const IS_DEALT_WITH = /^arn:[\w-]+:(cloudformation|cognito-idp|dynamodb|logs|s3):/;

/** The ARNs of other resources with the tag of the stage. */
export const findTagged = async ({ tagging: client }: RemainsClients, stage: Stage): Promise<string[]> => {
  const filters = [{ Key: 'application', Values: [applicationOf(stage)] }];
  const pages = paginateGetResources({ client }, { TagFilters: filters });
  const arns = await collect(pages, ({ ResourceTagMappingList: list = [] }) =>
    list.map(({ ResourceARN }) => ResourceARN),
  );
  return arns.filter((arn) => !IS_DEALT_WITH.test(arn));
};

async function collect<Page>(
  pages: AsyncIterable<Page>,
  namesIn: (page: Page) => readonly (string | undefined)[],
): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages) names.push(...namesIn(page).filter((name) => name !== undefined));
  return names;
}
