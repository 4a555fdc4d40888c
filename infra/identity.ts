import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolClientOptions,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { OPERATOR_SCOPE } from '../shared/contract/scopes.ts';
import { type Lifetimes, ROTATION_GRACE_SECONDS, SIGN_IN_LIFETIMES } from '../shared/contract/sign-in-lifetimes.ts';
import { createFunction } from './functions.ts';
import type { Tables } from './tables.ts';

export type Identity = {
  readonly userPool: UserPool;
  /** The page has a client for members and one for operators. Each of the two machines has one, too. */
  readonly clients: Readonly<Record<'members' | 'operators' | 'billing' | 'support', UserPoolClient>>;
  readonly signInUrl: string;
};

/** Cognito waits for at most 5 s. */
const TRIGGER_TIMEOUT = Duration.seconds(5);

/** 512 MB, as for the API, because a person waits for it and a cold start is all CPU. */
const TRIGGER_MEMORY_MEBIBYTES = 512;

/** The callers of the API: members and operators, who sign in, and the machines of the two back offices. */
export function createIdentity(scope: Construct, tables: Tables): Identity {
  const userPool = createUserPool(scope);
  createOperators(scope, { userPool, tables });

  const billing = new ResourceServerScope({ scopeName: 'billing', scopeDescription: 'Subscriptions and connections' });
  const support = new ResourceServerScope({ scopeName: 'support', scopeDescription: "Reading any member's books" });
  const operator = new ResourceServerScope({
    scopeName: OPERATOR_SCOPE,
    scopeDescription: 'Signing in as an operator',
  });
  const scopes = [billing, support, operator];
  const server = userPool.addResourceServer('Scopes', { identifier: 'inmail-credits', scopes });

  // Cognito gives every scope of a client to everyone who signs in through it. So the page's clients have no scope that
  // opens anything. Otherwise any member could ask for `billing` and grant themselves a plan.
  const members = userPool.addClient('Members', ofPage([OAuthScope.OPENID], SIGN_IN_LIFETIMES.members));
  const operatorScopes = [OAuthScope.OPENID, OAuthScope.resourceServer(server, operator)];
  const operators = userPool.addClient('Operators', ofPage(operatorScopes, SIGN_IN_LIFETIMES.operators));
  const machine = (id: string, granted: ResourceServerScope) =>
    userPool.addClient(id, {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, granted)] },
      authFlows: { userSrp: false }, // with no flow named, Cognito would let people sign in
      ...MACHINE_LIFETIMES,
    });
  return {
    userPool,
    clients: { members, operators, billing: machine('Billing', billing), support: machine('Support', support) },
    signInUrl: createSignInPages(userPool, { members, operators }),
  };
}

/** As short as a member's, because a stolen token should be worth little. */
const MACHINE_LIFETIMES = lifetimesOf({ accessTokenMinutes: 15, refreshTokenMinutes: 60 });

function lifetimesOf({ accessTokenMinutes, refreshTokenMinutes }: Lifetimes) {
  return {
    accessTokenValidity: Duration.minutes(accessTokenMinutes),
    idTokenValidity: Duration.minutes(accessTokenMinutes),
    refreshTokenValidity: Duration.minutes(refreshTokenMinutes),
  };
}

const ofPage = (scopes: OAuthScope[], lifetimes: Lifetimes): UserPoolClientOptions => ({
  generateSecret: false, // a page cannot keep a secret, so PKCE protects the code instead
  // `page.ts` sets the addresses after sign-in, in place of CDK's example.com.
  oAuth: { flows: { authorizationCodeGrant: true }, scopes },
  supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
  preventUserExistenceErrors: true,
  // The sign-in pages are the only way in. An empty list would mean Cognito's usual flows, and rotation forbids the flow for
  // refreshing. So the list names the one that only this account's own administrators can call.
  authFlows: { adminUserPassword: true },
  refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
  enableTokenRevocation: true,
  ...lifetimesOf(lifetimes),
});

/** The sign-in pages use managed login, because the classic pages do not ask an operator again at `prompt=login`. */
function createSignInPages(userPool: UserPool, clients: Pick<Identity['clients'], 'members' | 'operators'>): string {
  const domain = userPool.addDomain('Domain', {
    // All accounts of a region share the prefixes, so ours carries the account.
    cognitoDomain: { domainPrefix: `inmail-credits-${Aws.ACCOUNT_ID}` },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  for (const [name, { userPoolClientId: clientId }] of Object.entries(clients)) {
    // A client without a style has no pages at all.
    new CfnManagedLoginBranding(userPool, `${name}-style`, {
      userPoolId: userPool.userPoolId,
      clientId,
      useCognitoProvidedValues: true,
    });
  }
  return domain.baseUrl();
}

/**
 * The people of a back office are in its group. The operators' client gives them access tokens with the group's scope. The
 * members' client gives them tokens without it. Only an administrator adds people to a group.
 */
function createOperators(scope: Construct, { userPool, tables }: { userPool: UserPool; tables: Tables }): void {
  userPool.addGroup('BillingOperators', { groupName: 'billing', description: 'Subscriptions and connections' });
  userPool.addGroup('SupportOperators', { groupName: 'support', description: "Reading any member's books" });
  const grantScopes = createFunction(scope, {
    name: 'grant-scopes',
    tables,
    description: 'Gives operators the scopes of their groups',
    memorySize: TRIGGER_MEMORY_MEBIBYTES,
    timeout: TRIGGER_TIMEOUT,
    environment: {}, // it reads no table
  });
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, grantScopes, LambdaVersion.V2_0);
}

/** Losing the pool would orphan every wallet, because `sub` is the memberId and Cognito never gives one out again. */
function createUserPool(scope: Construct): UserPool {
  return new UserPool(scope, 'Members', {
    removalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: true,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false }, // text messages can be redirected, and they cost money
    featurePlan: FeaturePlan.PLUS, // threat protection needs this plan, which is billed per active member
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
  });
}
