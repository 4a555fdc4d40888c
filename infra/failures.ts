import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** A queue for failed work, and an alarm as soon as anything is in it. `hurts` tells the operator about the harm. */
export function createFailuresQueue(scope: Construct, id: string, { hurts }: { readonly hurts: string }): Queue {
  const queue = new Queue(scope, id, {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.days(14), // SQS's maximum, because an operator may be on holiday
  });
  queue
    .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' })
    .createAlarm(scope, `${id}Alarm`, {
      alarmDescription: hurts,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING, // a queue without traffic reports nothing after six hours
    });
  return queue;
}
