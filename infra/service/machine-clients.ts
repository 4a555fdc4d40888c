import { OAuthScope, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { CfnOutput } from 'aws-cdk-lib/core';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { lifetimesOf } from '../client-lifetimes.ts';
import type { Identity } from '../data/user-pool.ts';
import { machineOutputOf } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';

/** As short as a member's, because a stolen token should be worth little. */
const LIFETIMES = lifetimesOf({ accessTokenMinutes: 15, refreshTokenMinutes: 60 });

/** One for each machine of the stage. `npm run client` tells their secrets, and changes them. */
export const createMachineClients = (scope: StageStack, { userPool, scopes }: Identity): UserPoolClient[] =>
  scope.stage.machines.map(({ name, scope: granted }) => {
    const client = new UserPoolClient(scope, pascalCaseOf(name), {
      userPool,
      userPoolClientName: scope.nameOf(name),
      generateSecret: true,
      oAuth: {
        flows: { clientCredentials: true },
        scopes: [OAuthScope.resourceServer(scopes.server, scopes[granted])],
      },
      authFlows: { userSrp: false }, // with no flow named, Cognito would let people sign in
      ...LIFETIMES,
    });
    new CfnOutput(scope, machineOutputOf(name), { value: client.userPoolClientId });
    return client;
  });
