/** Deletes the stacks of a stage, each after those that refer to it. */
import {
  type CloudFormationClient,
  DeleteStackCommand,
  paginateDescribeStackEvents,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { nameIn, STACK_PARTS, type StackPart } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { stackNamed } from '../aws/deployed.ts';

/** A distribution alone takes CloudFront a quarter of an hour. */
const WAIT_SECONDS = 60 * 60;
const LOOK_SECONDS = { minDelay: 5, maxDelay: 15 };

export type Deletion = {
  /** Called before each stack that is there. */
  readonly onStack: (name: string) => void;
  /** Called before the stack of the page goes, because S3 deletes only empty buckets. */
  readonly emptyBuckets: () => Promise<void>;
};

/** The parts that are deployed, last one first. */
export async function deployedParts(client: CloudFormationClient, stage: Stage): Promise<StackPart[]> {
  const parts: StackPart[] = [];
  for (const part of STACK_PARTS.toReversed()) {
    if (await stackNamed(client, nameIn(stage, part))) parts.push(part);
  }
  return parts;
}

/** Throws a LocalFailure that says what CloudFormation could not delete, and why. */
export async function deleteStacks(
  client: CloudFormationClient,
  stage: Stage,
  { onStack, emptyBuckets }: Deletion,
): Promise<void> {
  for (const part of await deployedParts(client, stage)) {
    const name = nameIn(stage, part);
    onStack(name);
    if (part === 'page') await emptyBuckets();
    await deleteStack(client, name);
  }
}

async function deleteStack(client: CloudFormationClient, name: string): Promise<void> {
  const startedAt = new Date();
  await client.send(new DeleteStackCommand({ StackName: name }));
  try {
    await waitUntilStackDeleteComplete({ client, maxWaitTime: WAIT_SECONDS, ...LOOK_SECONDS }, { StackName: name });
  } catch (error) {
    const reasons = await reasonsOf(client, name, startedAt);
    if (reasons.length === 0) throw error;
    throw new LocalFailure(`CloudFormation could not delete ${name}: ${reasons.join('; ')}`);
  }
}

/** The events since then say why resources stayed. The newest event comes first. */
async function reasonsOf(client: CloudFormationClient, name: string, since: Date): Promise<string[]> {
  const reasons: string[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: name })) {
    const news = StackEvents.filter(({ Timestamp = since }) => Timestamp >= since);
    for (const { ResourceStatus, LogicalResourceId, ResourceStatusReason = '' } of news) {
      if (ResourceStatus === 'DELETE_FAILED') reasons.push(`${LogicalResourceId}: ${ResourceStatusReason}`);
    }
    if (news.length < StackEvents.length) break;
  }
  return reasons;
}
