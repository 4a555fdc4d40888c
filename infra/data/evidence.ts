import { CfnLogDeliveryConfiguration, type UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { accessLogOf, logGroupOf, signInLogOf } from '../names.ts';
import { removalPolicyOf } from '../removal.ts';
import type { StageStack } from '../stage-stack.ts';

/** The logs that answer questions about people. Such questions come late, so these logs outlive the service. */
export type Evidence = {
  /** A line for each request to the gateway. */
  readonly access: LogGroup;
  /** The logs of the functions that read or change another member's things. They say who did so, and whose they were. */
  readonly aboutOthers: Readonly<Partial<Record<EndpointName, LogGroup>>>;
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
  const aboutOthers = ENDPOINTS.filter(({ access }) => access !== 'member').map(({ name }) => {
    const log = createLog(scope, `${pascalCaseOf(name)}Logs`, logGroupOf(scope.stage, name));
    return [name, log] as const;
  });
  return {
    access: createLog(scope, 'AccessLog', accessLogOf(scope.stage)),
    aboutOthers: Object.fromEntries(aboutOthers),
  };
}

/** Cognito logs each sign-in with its risk in the plan PLUS, and only undelivered mail in any other. */
const sourcesOf = ({ stage }: StageStack) => [
  { eventSource: 'userNotification', logLevel: 'ERROR' },
  ...(stage.signIn.plan === 'PLUS' ? [{ eventSource: 'userAuthEvents', logLevel: 'INFO' }] : []),
];

/** A person who reads the books has no right to a log. In a protected stage, an administrator has to unlock it first. */
const createLog = (scope: StageStack, id: string, logGroupName: string): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName,
    retention: scope.stage.accessLogRetentionDays,
    deletionProtectionEnabled: scope.stage.isProtected,
    removalPolicy: removalPolicyOf(scope.stage),
  });
