import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolEmail,
  UserPoolOperation,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { OPERATOR_SCOPE } from '../../shared/contract/scopes.ts';
import { INVITATION_DAYS } from '../../shared/contract/sign-in-lifetimes.ts';
import { createFunction } from '../lambda/functions.ts';
import { removalPolicyOf } from '../removal.ts';
import type { StageStack } from '../stage-stack.ts';
import type { SignInSettings } from '../stages.ts';

/** The pool, the scopes that its clients may ask for, and the address of its sign-in pages. */
export type Identity = {
  readonly userPool: UserPool;
  readonly scopes: Scopes;
  readonly signInUrl: string;
};

type Scopes = {
  readonly server: UserPoolResourceServer;
  readonly billing: ResourceServerScope;
  readonly support: ResourceServerScope;
  readonly operator: ResourceServerScope;
};

/** Cognito waits for at most 5 s. */
const TRIGGER_TIMEOUT = Duration.seconds(5);

/** 512 MB, as for the API, because a person waits for it and a cold start is all CPU. */
const TRIGGER_MEMORY_MEBIBYTES = 512;

/** Losing the pool would orphan every wallet, because `sub` is the memberId and Cognito never gives one out again. */
export function createUserPool(scope: StageStack): Identity {
  const { isProtected, signIn } = scope.stage;
  const userPool = new UserPool(scope, 'UserPool', {
    userPoolName: scope.nameOf('members'),
    removalPolicy: removalPolicyOf(scope.stage),
    deletionProtection: isProtected,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false, // Ada@example.org is ada@example.org, and a pool can never change its mind
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    // Length alone, because rules about kinds of characters make passwords that people forget (NIST SP 800-63B-4).
    passwordPolicy: { minLength: 15, ...NO_COMPOSITION, tempPasswordValidity: Duration.days(INVITATION_DAYS) },
    mfa: signIn.secondFactor === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false }, // text messages can be redirected, and they cost money
    ...planOf(signIn),
    ...mailOf(signIn),
  });
  acknowledge(userPool, signIn);
  createOperators(scope, userPool);
  return { userPool, scopes: createScopes(userPool), signInUrl: createSignInAddress(scope, userPool) };
}

const NO_COMPOSITION = {
  requireLowercase: false,
  requireUppercase: false,
  requireDigits: false,
  requireSymbols: false,
};

/** The checks' findings that we accept, with our reasons. */
function acknowledge(userPool: UserPool, { plan, secondFactor }: SignInSettings): void {
  const reasons = {
    COG1: 'NIST SP 800-63B-4 forbids rules about kinds of characters. Ours asks for 15 characters instead.',
    ...(secondFactor === 'optional' && { COG2: 'The stage leaves the second factor to its people.' }),
    ...(plan !== 'PLUS' && { COG8: 'The stage has chosen the cheaper plan.' }),
  };
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(userPool).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** Threat protection needs the plan PLUS. */
const planOf = ({ plan }: SignInSettings) =>
  plan === 'PLUS'
    ? { featurePlan: FeaturePlan.PLUS, standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }
    : { featurePlan: FeaturePlan.ESSENTIALS };

const mailOf = ({ mail }: SignInSettings) =>
  mail && {
    email: UserPoolEmail.withSES({
      fromEmail: mail.from,
      sesVerifiedDomain: mail.verifiedDomain,
      sesRegion: mail.region,
    }),
  };

function createScopes(userPool: UserPool): Scopes {
  const billing = new ResourceServerScope({ scopeName: 'billing', scopeDescription: 'Subscriptions and connections' });
  const support = new ResourceServerScope({ scopeName: 'support', scopeDescription: "Reading any member's books" });
  const operator = new ResourceServerScope({
    scopeName: OPERATOR_SCOPE,
    scopeDescription: 'Signing in as an operator',
  });
  const scopes = [billing, support, operator];
  const server = userPool.addResourceServer('Scopes', { identifier: 'inmail-credits', scopes });
  return { server, billing, support, operator };
}

/** The sign-in pages use managed login, because the classic pages do not ask an operator again at `prompt=login`. */
function createSignInAddress(scope: StageStack, userPool: UserPool): string {
  return userPool
    .addDomain('Domain', {
      // All accounts of a region share the prefixes, so ours carries the account.
      cognitoDomain: { domainPrefix: scope.nameOf(scope.account) },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    .baseUrl();
}

/**
 * The people of a back office are in its group. The operators' client gives them access tokens with the group's scope. The
 * members' client gives them tokens without it. Only an administrator adds people to a group.
 */
function createOperators(scope: StageStack, userPool: UserPool): void {
  userPool.addGroup('BillingOperators', { groupName: 'billing', description: 'Subscriptions and connections' });
  userPool.addGroup('SupportOperators', { groupName: 'support', description: "Reading any member's books" });
  const grantScopes = createFunction(scope, {
    name: 'grant-scopes',
    description: 'Gives operators the scopes of their groups',
    memorySize: TRIGGER_MEMORY_MEBIBYTES,
    timeout: TRIGGER_TIMEOUT,
    environment: {}, // it reads no table
  });
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, grantScopes, LambdaVersion.V2_0);
}
