import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { StageStack } from '../stage-stack.ts';

/**
 * The one place that all alarms of a stage tell. It is not encrypted with a key of ours, because its messages name alarms and
 * no members. CloudWatch cannot write to a topic that is encrypted with AWS's own key.
 */
export function createTopic(scope: StageStack): Topic {
  const topic = new Topic(scope, 'Alarms', {
    topicName: scope.nameOf('alarms'),
    displayName: `InMail credits ${scope.stage.name}`,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('budgets.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
    }),
  );
  // Each address gets a mail first, and must agree to be told.
  for (const address of scope.stage.alarmsTo) topic.addSubscription(new EmailSubscription(address));
  return topic;
}
