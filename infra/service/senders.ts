import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnResource } from 'aws-cdk-lib/core';
import { denyToOthers, roleArnIn } from '../only-these-roles.ts';
import type { StageStack } from '../stage-stack.ts';
import { RUNBOOKS } from './runbooks-role.ts';

/**
 * Only these roles put messages into the queue, besides a person with the runbooks' role. A forged message would start work on
 * any key that it names. SQS itself still moves messages to the queue of failures.
 */
export function letOnlySend(scope: StageStack, queue: Queue, roles: readonly IRole[]): void {
  queue.addToResourcePolicy(
    denyToOthers({
      sid: 'OnlyOurSenders',
      actions: ['sqs:SendMessage'],
      resource: queue.queueArn,
      roles: [...roles.map(({ roleArn }) => roleArn), roleArnIn(scope, RUNBOOKS)],
      leavesOutServices: true,
    }),
  );
}

/** Only this role puts events on the bus, besides a person with the runbooks' role. So consumers can believe an event. */
export function letOnlyPublish(scope: StageStack, bus: EventBus, { roleArn }: IRole): void {
  const sid = 'OnlyOurPublisher';
  const statement = denyToOthers({
    ...{ sid, actions: ['events:PutEvents'], resource: bus.eventBusArn, leavesOutServices: true },
    roles: [roleArn, roleArnIn(scope, RUNBOOKS)],
  });
  // CDK's own class for it warns at each synthesis about a property that is not even set.
  new CfnResource(scope, 'EventsPolicy', {
    type: 'AWS::Events::EventBusPolicy',
    properties: {
      EventBusName: bus.eventBusName,
      StatementId: sid,
      Statement: statement.toStatementJson(),
    },
  });
}
