import type { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
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
  const statement = denyToOthers({
    sid: 'OnlyOurPublisher',
    actions: ['events:PutEvents'],
    // By its name, because a bus cannot refer to itself.
    resource: scope.formatArn({ service: 'events', resource: 'event-bus', resourceName: scope.nameOf('events') }),
    roles: [roleArn, roleArnIn(scope, RUNBOOKS)],
    leavesOutServices: true,
  });
  // CDK's own method makes a resource of its own, and warns at each synthesis about a property that is not even set.
  (bus.node.defaultChild as CfnEventBus).policy = new PolicyDocument({ statements: [statement] });
}
