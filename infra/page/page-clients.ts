import {
  CfnManagedLoginBranding,
  type CfnUserPoolClient,
  OAuthScope,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { SIGNED_OUT_PATH } from '../../shared/contract/security-headers.ts';
import { type Lifetimes, ROTATION_GRACE_SECONDS, SIGN_IN_LIFETIMES } from '../../shared/contract/sign-in-lifetimes.ts';
import { lifetimesOf } from '../client-lifetimes.ts';
import type { Identity } from '../data/user-pool.ts';
import type { StageStack } from '../stage-stack.ts';

export type PageClients = Readonly<Record<'members' | 'operators', UserPoolClient>>;

export type PageClientsParts = {
  readonly identity: Identity;
  /** The address of our page, with a slash at its end. */
  readonly page: string | undefined;
};

/** People sign in through these, on our page and on the other front ends of the stage. */
export function createPageClients(scope: StageStack, { identity, page }: PageClientsParts): PageClients {
  const { server, operator } = identity.scopes;
  const { otherFrontEnds } = scope.stage;
  const signedOut = page && `${page}${SIGNED_OUT_PATH.slice(1)}`;
  const addresses = {
    callbackUrLs: [...(page ? [page] : []), ...otherFrontEnds],
    logoutUrLs: [...(signedOut ? [signedOut] : []), ...otherFrontEnds],
  };
  // Cognito gives every scope of a client to everyone who signs in through it. So these clients have no scope that opens
  // anything. Otherwise any member could ask for `billing` and grant themselves a plan.
  const operatorScopes = [OAuthScope.OPENID, OAuthScope.resourceServer(server, operator)];
  const clients = {
    members: createClient(scope, 'Members', {
      identity,
      scopes: [OAuthScope.OPENID],
      lifetimes: SIGN_IN_LIFETIMES.members,
    }),
    operators: createClient(scope, 'Operators', {
      identity,
      scopes: operatorScopes,
      lifetimes: SIGN_IN_LIFETIMES.operators,
    }),
  };
  for (const { node } of Object.values(clients)) Object.assign(node.defaultChild as CfnUserPoolClient, addresses);
  return clients;
}

type ClientParts = {
  readonly identity: Identity;
  readonly scopes: OAuthScope[];
  readonly lifetimes: Lifetimes;
};

function createClient(scope: StageStack, id: string, { identity, scopes, lifetimes }: ClientParts): UserPoolClient {
  const { userPool } = identity;
  const client = new UserPoolClient(scope, id, {
    userPool,
    userPoolClientName: scope.nameOf(id.toLowerCase()),
    generateSecret: false, // a page cannot keep a secret, so PKCE protects the code instead
    oAuth: { flows: { authorizationCodeGrant: true }, scopes },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    // The sign-in pages are the only way in. An empty list would mean Cognito's usual flows, and rotation forbids the flow
    // for refreshing. So the list names the one that only this account's own administrators can call.
    authFlows: { adminUserPassword: true },
    refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
    enableTokenRevocation: true,
    ...lifetimesOf(lifetimes),
  });
  // A client without a style has no pages at all.
  new CfnManagedLoginBranding(scope, `${id}Style`, {
    userPoolId: userPool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return client;
}
