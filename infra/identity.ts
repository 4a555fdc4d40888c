import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type Identity = {
  readonly userPool: UserPool;
  readonly clients: Readonly<Record<'members' | 'billing' | 'support', UserPoolClient>>;
  readonly signInUrl: string;
};

/** Where a member lands after signing in: `-c callbackUrl=https://…` names the real page. */
const LOCAL_CALLBACK_URL = 'http://localhost:3000/';

/** Who may call: members, who sign in, and the two back offices, which are machines. */
export function createIdentity(scope: Construct): Identity {
  const userPool = createUserPool(scope);

  const billing = new ResourceServerScope({ scopeName: 'billing', scopeDescription: 'Subscriptions and connections' });
  const support = new ResourceServerScope({ scopeName: 'support', scopeDescription: "Reading any member's books" });
  const server = userPool.addResourceServer('Scopes', { identifier: 'inmail-credits', scopes: [billing, support] });

  // Cognito gives every scope of a client to everyone who signs in through it. So the members' client has none of ours:
  // otherwise any member could ask for `billing`, and grant themselves a plan.
  const members = userPool.addClient('Members', {
    generateSecret: false, // a page cannot keep one: PKCE protects the code instead
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [scope.node.tryGetContext('callbackUrl') ?? LOCAL_CALLBACK_URL],
    },
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
