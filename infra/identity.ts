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
  /** Of the page, for who signs in there as a member or as an operator, and of the two machines. */
  readonly clients: Readonly<Record<'members' | 'operators' | 'billing' | 'support', UserPoolClient>>;
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
  const operator = new ResourceServerScope({
    scopeName: OPERATOR_SCOPE,
    scopeDescription: 'Signing in as an operator',
  });
  const scopes = [billing, support, operator];
  const server = userPool.addResourceServer('Scopes', { identifier: 'inmail-credits', scopes });

  // Cognito gives every scope of a client to everyone who signs in through it. So the page's clients have no scope that
  // opens anything: otherwise any member could ask for `billing`, and grant themselves a plan.
  const members = userPool.addClient('Members', ofPage([OAuthScope.OPENID], SIGN_IN_LIFETIMES.members));
  const operatorScopes = [OAuthScope.OPENID, OAuthScope.resourceServer(server, operator)];
  const operators = userPool.addClient('Operators', ofPage(operatorScopes, SIGN_IN_LIFETIMES.operators));
  const machine = (id: string, granted: ResourceServerScope) =>
    userPool.addClient(id, {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, granted)] },
      authFlows: { userSrp: false }, // without any named, Cognito allows people to sign in, which machines are not
      ...MACHINE_LIFETIMES,
    });
  return {
    userPool,
    clients: { members, operators, billing: machine('Billing', billing), support: machine('Support', support) },
    signInUrl: createSignInPages(userPool, { members, operators }),
  };
}

/** As a member's: what can be stolen is to be worth little. */
const MACHINE_LIFETIMES = lifetimesOf({ accessTokenMinutes: 15, refreshTokenMinutes: 60 });

function lifetimesOf({ accessTokenMinutes, refreshTokenMinutes }: Lifetimes) {
  return {
    accessTokenValidity: Duration.minutes(accessTokenMinutes),
    idTokenValidity: Duration.minutes(accessTokenMinutes),
    refreshTokenValidity: Duration.minutes(refreshTokenMinutes),
  };
}

const ofPage = (scopes: OAuthScope[], lifetimes: Lifetimes): UserPoolClientOptions => ({
  generateSecret: false, // a page cannot keep one: PKCE protects the code instead
  // Where they land after signing in `page.ts` says, in the place of CDK's example.com.
  oAuth: { flows: { authorizationCodeGrant: true }, scopes },
  supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
  preventUserExistenceErrors: true,
  // Past the sign-in pages there is no way in. A list that is empty would mean Cognito's usual ones, and rotation forbids the
  // one for refreshing, so it names what only this account's own administrators can call.
  authFlows: { adminUserPassword: true },
  refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
  enableTokenRevocation: true,
  ...lifetimesOf(lifetimes),
});

/** Where people sign in. Managed login and not the classic pages, because only there `prompt=login` asks an operator anew. */
function createSignInPages(userPool: UserPool, clients: Pick<Identity['clients'], 'members' | 'operators'>): string {
  const domain = userPool.addDomain('Domain', {
    // Prefixes are shared by all accounts of a region, so ours carries the account.
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
 * People of the back offices: members of a group. The access tokens they get from the operators' client have its scope, none
 * that they get as members. Only an administrator adds to a group.
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
