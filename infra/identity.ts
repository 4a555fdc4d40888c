import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createFunction } from './functions.ts';
import type { Tables } from './tables.ts';

export type Identity = {
  readonly userPool: UserPool;
  readonly clients: Readonly<Record<'members' | 'billing' | 'support', UserPoolClient>>;
  readonly signInUrl: string;
};

/** 5 s is all that Cognito waits. */
const TRIGGER_TIMEOUT = Duration.seconds(5);

/** 512 MB, as the API: somebody waits for it, and a cold start is all CPU. */
const TRIGGER_MEMORY_MEBIBYTES = 512;

/** Who may call: members and operators, who sign in, and the two back offices, which are machines. */
export function createIdentity(scope: Construct, tables: Tables): Identity {
  const userPool = createUserPool(scope);
  createOperators(scope, { userPool, tables });

  const billing = new ResourceServerScope({ scopeName: 'billing', scopeDescription: 'Subscriptions and connections' });
  const support = new ResourceServerScope({ scopeName: 'support', scopeDescription: "Reading any member's books" });
  const server = userPool.addResourceServer('Scopes', { identifier: 'inmail-credits', scopes: [billing, support] });

  // Cognito gives every scope of a client to everyone who signs in through it. So the members' client has none of ours:
  // otherwise any member could ask for `billing`, and grant themselves a plan.
  const members = userPool.addClient('Members', {
    generateSecret: false, // a page cannot keep one: PKCE protects the code instead
    // Where they land after signing in `page.ts` says, in the place of CDK's example.com.
    oAuth: { flows: { authorizationCodeGrant: true }, scopes: [OAuthScope.OPENID] },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
  });
  const machine = (id: string, granted: ResourceServerScope) =>
    userPool.addClient(id, {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, granted)] },
    });

  // Prefixes are shared by all accounts of a region, so ours carries the account.
  const domain = userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: `inmail-credits-${Aws.ACCOUNT_ID}` } });
  return {
    userPool,
    clients: { members, billing: machine('Billing', billing), support: machine('Support', support) },
    signInUrl: domain.baseUrl(),
  };
}

/** People of the back offices: members of a group, whose access tokens have its scope. Only an administrator adds to a group. */
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

/** `sub` is the memberId, and Cognito never gives one out again: losing the pool would orphan every wallet. */
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
    mfaSecondFactor: { otp: true, sms: false }, // text messages can be redirected, and cost
    featurePlan: FeaturePlan.PLUS, // what threat protection asks for; billed per active member
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
  });
}
