/**
 * The calls by which a table is restored and set up again. A restored table has the keys, the indexes and the items. It
 * lacks the stream, the recovery, the protection, the policy, the tags and the time to live of its source
 * (docs.aws.amazon.com, pointintimerecovery_restores). Every call can be made again.
 */
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  PutResourcePolicyCommand,
  RestoreTableToPointInTimeCommand,
  type StreamViewType,
  type TableDescription,
  type Tag,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { LocalFailure } from '../../local/failure.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';

export type Control = Pick<DynamoDBClient, 'send'>;

/** The settings of a table besides those that the restore brings along. */
export type Settings = {
  readonly arn: string;
  readonly isProtected: boolean;
  readonly warm: { readonly reads: number; readonly writes: number };
  readonly timeToLive: string | undefined;
  readonly tags: readonly Tag[];
  readonly policy: string | undefined;
};

/** Undefined if there is no such table. */
export async function describe(control: Control, TableName: string): Promise<TableDescription | undefined> {
  return orUndefined(async () => (await control.send(new DescribeTableCommand({ TableName }))).Table);
}

/** Undefined for the errors that say that there is no such thing. */
async function orUndefined<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (/^(ResourceNotFound|PolicyNotFound)Exception$/.test((error as Error).name)) return undefined;
    throw error;
  }
}

/** A table that is not only there, but takes changes. */
export const isReady = ({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean =>
  TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');

/** Throws a LocalFailure if the table cannot be restored to that instant. */
export async function checkWindow(control: Control, TableName: string, to: Instant): Promise<void> {
  const { ContinuousBackupsDescription } = await control.send(new DescribeContinuousBackupsCommand({ TableName }));
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const [earliest, latest] = [recovery?.EarliestRestorableDateTime, recovery?.LatestRestorableDateTime];
  if (!earliest || !latest) throw new LocalFailure(`${TableName} has no point-in-time recovery`);
  const [from, until] = [instant(earliest.getTime()), instant(latest.getTime())];
  // Recovery that has only just begun says one instant for both. Then DynamoDB itself has to judge.
  if (from === until) return;
  if (to < from || to > until) {
    throw new LocalFailure(`${TableName} can be restored from ${from} to ${until}, and not to ${to}`);
  }
}

export async function startRestore(control: Control, source: string, target: string, to: Instant): Promise<void> {
  const RestoreDateTime = new Date(to);
  await control.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: source, TargetTableName: target, RestoreDateTime }),
  );
}

export async function readSettings(control: Control, table: TableDescription): Promise<Settings> {
  const { TableName, TableArn: arn = '', DeletionProtectionEnabled: isProtected = false, WarmThroughput } = table;
  const { TimeToLiveDescription } = await control.send(new DescribeTimeToLiveCommand({ TableName }));
  const policy = await orUndefined(() => control.send(new GetResourcePolicyCommand({ ResourceArn: arn })));
  return {
    arn,
    isProtected,
    warm: { reads: WarmThroughput?.ReadUnitsPerSecond ?? 0, writes: WarmThroughput?.WriteUnitsPerSecond ?? 0 },
    timeToLive: TimeToLiveDescription?.AttributeName,
    tags: await readTags(control, arn),
    policy: policy?.Policy,
  };
}

/** AWS keeps the tags that begin with `aws:` to itself. A table has 50 of ours at the most, on some pages. */
async function readTags(control: Control, ResourceArn: string): Promise<Tag[]> {
  const tags: Tag[] = [];
  let NextToken: string | undefined;
  do {
    const page = await control.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
    tags.push(...(page.Tags ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return tags.filter(({ Key }) => !Key?.startsWith('aws:'));
}

/** Turns the stream and the protection on where they are off. Whether the table now has to become ready again. */
export async function turnOn(
  control: Control,
  { TableName, StreamSpecification, DeletionProtectionEnabled }: TableDescription,
  { isProtected, stream }: { readonly isProtected: boolean; readonly stream: StreamViewType | undefined },
): Promise<boolean> {
  const needsStream = stream !== undefined && !StreamSpecification?.StreamEnabled;
  const needsProtection = isProtected && !DeletionProtectionEnabled;
  if (!needsStream && !needsProtection) return false;
  await control.send(
    new UpdateTableCommand({
      TableName,
      ...(needsStream && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
      ...(needsProtection && { DeletionProtectionEnabled: true }),
    }),
  );
  return true;
}

/** Warm throughput only ever grows. Whether the table now has to become ready again. */
export async function warmUp(control: Control, { TableName, WarmThroughput }: TableDescription, { warm }: Settings) {
  const [reads, writes] = [WarmThroughput?.ReadUnitsPerSecond ?? 0, WarmThroughput?.WriteUnitsPerSecond ?? 0];
  if (warm.reads <= reads && warm.writes <= writes) return false;
  const wanted = {
    ReadUnitsPerSecond: Math.max(warm.reads, reads),
    WriteUnitsPerSecond: Math.max(warm.writes, writes),
  };
  await control.send(new UpdateTableCommand({ TableName, WarmThroughput: wanted }));
  return true;
}

/** The rest: recovery, time to live, tags and the policy. Only the policy names its table. */
export async function applyRest(
  control: Control,
  { TableName, TableArn = '' }: TableDescription,
  { arn, timeToLive, tags, policy }: Settings,
): Promise<void> {
  const recovery = { PointInTimeRecoveryEnabled: true };
  await control.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }));
  if (timeToLive !== undefined) await applyTimeToLive(control, TableName, timeToLive);
  if (tags.length > 0) await control.send(new TagResourceCommand({ ResourceArn: TableArn, Tags: [...tags] }));
  if (policy !== undefined) {
    const Policy = policy.replaceAll(arn, TableArn);
    await control.send(new PutResourcePolicyCommand({ ResourceArn: TableArn, Policy }));
  }
}

/** DynamoDB refuses to turn on what is on. */
async function applyTimeToLive(control: Control, TableName: string | undefined, AttributeName: string): Promise<void> {
  const { TimeToLiveDescription } = await control.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.AttributeName === AttributeName) return;
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  await control.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}
