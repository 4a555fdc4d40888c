import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import type { StageStack } from '../stage-stack.ts';

/** A queue for failed work: `failures` of the queue or function with this name. The watch stack has an alarm for each. */
export const createFailuresQueue = (scope: StageStack, name: string): Queue =>
  new Queue(scope, `${pascalCaseOf(name)}Failures`, {
    queueName: scope.nameOf(`${name}-failures`),
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.days(14), // SQS's maximum, because an operator may be on holiday
  });
