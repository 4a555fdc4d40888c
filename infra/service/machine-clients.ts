import { OAuthScope, type ResourceServerScope, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { lifetimesOf } from '../client-lifetimes.ts';
import type { Identity } from '../data/user-pool.ts';
import type { StageStack } from '../stage-stack.ts';

/** As short as a member's, because a stolen token should be worth little. */
const LIFETIMES = lifetimesOf({ accessTokenMinutes: 15, refreshTokenMinutes: 60 });

/** The machines of the two back offices. `npm run client` makes more of them, and changes their secrets. */
export function createMachineClients(scope: StageStack, { userPool, scopes }: Identity) {
  const create = (id: string, granted: ResourceServerScope): UserPoolClient =>
    new UserPoolClient(scope, id, {
      userPool,
      userPoolClientName: scope.nameOf(id.toLowerCase()),
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(scopes.server, granted)] },
      authFlows: { userSrp: false }, // with no flow named, Cognito would let people sign in
      ...LIFETIMES,
    });
  return { billing: create('Billing', scopes.billing), support: create('Support', scopes.support) };
}
