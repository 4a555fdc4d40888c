import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { TABLES } from '../../shared/contract/tables.ts';
import type { Tables } from '../lambda/tables-in-use.ts';
import { createPersonRole } from '../person-role.ts';
import type { StageStack } from '../stage-stack.ts';

export const RUNBOOKS = 'runbooks';

export type RunbooksRoleParts = {
  readonly tables: Tables;
  /** The queues that start work, and those of failed work. */
  readonly queues: readonly Queue[];
  readonly bus: EventBus;
};

/** For the commands of the runbooks. They look at the books, move failed work back, queue a run, and send events again. */
export const createRunbooksRole = (scope: StageStack, { tables, queues, bus }: RunbooksRoleParts) =>
  createPersonRole(scope, 'Runbooks', {
    name: RUNBOOKS,
    description: 'InMail credits: for the commands that redrive, sweep, republish and audit',
    statements: [
      new PolicyStatement({
        actions: QUEUE_ACTIONS.map((name) => `sqs:${name}`),
        resources: queues.map(({ queueArn }) => queueArn),
      }),
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      new PolicyStatement({
        actions: ['DescribeTable', 'GetItem', 'Query', 'Scan'].map((name) => `dynamodb:${name}`),
        resources: TABLES.map((table) => tables[table].tableArn),
      }),
    ],
  });

const QUEUE_ACTIONS = [
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
];
