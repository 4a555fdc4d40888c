import { CfnLogDeliveryConfiguration, type UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { accessLogOf, signInLogOf } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { StageStack } from '../stage-stack.ts';

/** The logs that answer questions about people. Such questions come late, so these logs outlive the service. */
export type Evidence = {
  /** A line for each request to the gateway. */
  readonly access: LogGroup;
};

export function createEvidence(scope: StageStack, userPool: UserPool): Evidence {
  const signIns = createLog(scope, 'SignInLog', signInLogOf(scope.stage));
  new CfnLogDeliveryConfiguration(scope, 'SignInLogDelivery', {
    userPoolId: userPool.userPoolId,
    logConfigurations: sourcesOf(scope).map((source) => ({
      ...source,
      cloudWatchLogsConfiguration: { logGroupArn: signIns.logGroupArn },
    })),
  });
  return { access: createLog(scope, 'AccessLog', accessLogOf(scope.stage)) };
}

/** Cognito logs each sign-in with its risk in the plan PLUS, and only undelivered mail in any other. */
const sourcesOf = ({ stage }: StageStack) => [
  { eventSource: 'userNotification', logLevel: 'ERROR' },
  ...(stage.signIn.plan === 'PLUS' ? [{ eventSource: 'userAuthEvents', logLevel: 'INFO' }] : []),
];

const createLog = (scope: StageStack, id: string, logGroupName: string): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName,
    retention: scope.stage.accessLogRetentionDays,
    removalPolicy: removalPolicyOf(scope.stage),
  });
