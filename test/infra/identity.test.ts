import { Match } from 'aws-cdk-lib/assertions';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler, scopesOf } from '../../functions/grant-scopes.ts';
import { machineOutputOf } from '../../infra/names.ts';
import { STAGES, stageNamed } from '../../infra/stages.ts';
import { createContext } from '../../local/gateway/handlers.ts';
import { OPERATOR_SCOPE, SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { idIn, type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { data, page, service } = synthesizeTemplates();
const clients = [page, service].flatMap((stack) => Object.values(resourcesOf(stack, 'AWS::Cognito::UserPoolClient')));

describe('the user pool', () => {
  it('the user pool outlives the stack, because its subjects are the memberIds of the books', () => {
    data.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({ DeletionProtection: 'ACTIVE' }),
    });
  });

  it('the user pool asks every member for a second factor, and never for a text message', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('the user pool asks for long passwords, and for no kind of characters', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 15,
          RequireLowercase: false,
          RequireUppercase: false,
          RequireNumbers: false,
          RequireSymbols: false,
        },
      },
    });
  });

  it.each([
    ['PLUS', { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }],
    ['ESSENTIALS', { UserPoolTier: 'ESSENTIALS', UserPoolAddOns: Match.absent() }],
  ] as const)('the user pool has the plan %s, and threat protection where the plan has it', (plan, expected) => {
    const { data: chosen } = synthesizeTemplates({ signIn: { plan, secondFactor: 'required' } });
    chosen.hasResourceProperties('AWS::Cognito::UserPool', expected);
  });

  it('the user pool sends its mail through SES where a stage names the sender', () => {
    const mail = { from: 'credits@example.org', verifiedDomain: 'example.org', region: 'eu-central-1' };
    const { data: chosen } = synthesizeTemplates({ signIn: { plan: 'PLUS', secondFactor: 'required', mail } });
    chosen.hasResourceProperties('AWS::Cognito::UserPool', {
      EmailConfiguration: Match.objectLike({ EmailSendingAccount: 'DEVELOPER', From: 'credits@example.org' }),
    });
  });

  it('the user pool takes one address in capitals and in small letters for the same person', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', { UsernameConfiguration: { CaseSensitive: false } });
  });

  it('the user pool allows no sign-up', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
  });

  it('the user pool knows the scopes billing, support and operator, by the names that the handlers expect', () => {
    data.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: SCOPE_PREFIX.slice(0, -1),
      Scopes: ['billing', 'support', OPERATOR_SCOPE].map((ScopeName) => Match.objectLike({ ScopeName })),
    });
  });
});

const AS_OPERATOR = ['openid', 'inmail-credits/operator'];

describe('operators', () => {
  it('operators have a group for each scope', () => {
    const groups = Object.values(resourcesOf(data, 'AWS::Cognito::UserPoolGroup'));
    expect(groups.map(({ GroupName }) => GroupName).sort()).toEqual(['billing', 'support']);
  });

  it('operators get their scopes in access tokens by version 2 of the trigger', () => {
    const [pool] = Object.values(resourcesOf(data, 'AWS::Cognito::UserPool'));
    const { PreTokenGenerationConfig } = (pool as Properties).LambdaConfig as { PreTokenGenerationConfig: Properties };
    expect(PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    expect(idIn(PreTokenGenerationConfig.LambdaArn)).toMatch(/^GrantScopes/);
  });

  it.each([
    { groups: [], scopes: [] },
    { groups: ['billing'], scopes: ['inmail-credits/billing'] },
    { groups: ['support', 'billing'], scopes: ['inmail-credits/billing', 'inmail-credits/support'] },
    { groups: ['inmail-credits/billing', 'Billing', 'admins'], scopes: [] },
  ])('operators of $groups get the scopes $scopes', ({ groups, scopes }) => {
    expect(scopesOf(groups, AS_OPERATOR)).toEqual(scopes);
  });

  it.each([[[]], [['openid']], [['operator', 'inmail-credits/operators']], [['inmail-credits/billing']]])(
    'operators who sign in as members, with %j, get no scope',
    (asked) => {
      expect(scopesOf(['billing', 'support'], asked)).toEqual([]);
    },
  );

  it('the trigger returns the event to Cognito, with the scopes in the access token only', async () => {
    const request = { groupConfiguration: { groupsToOverride: ['billing'] }, userAttributes: {}, scopes: AS_OPERATOR };
    const event = { version: '2', request, response: {} } as unknown as PreTokenGenerationV2TriggerEvent;
    expect(await handler(event, createContext('grant-scopes', 5, 'one'))).toEqual({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['inmail-credits/billing'] } },
      },
    });
  });
});

describe('the clients of the user pool', () => {
  const [members, operators, ...others] = clients.filter(({ GenerateSecret }) => GenerateSecret === false);
  const ofPeople = [members, operators] as Properties[];
  const machines = clients.filter(({ GenerateSecret }) => GenerateSecret === true);

  it('the clients of people get a token by code, without a secret and without a scope that opens anything', () => {
    expect([others, machines]).toEqual([[], expect.objectContaining({ length: 2 })]);
    expect(ofPeople.map(({ AllowedOAuthFlows }) => AllowedOAuthFlows)).toEqual([['code'], ['code']]);
    expect(members?.AllowedOAuthScopes).toEqual(['openid']);
    const { AllowedOAuthScopes } = operators as Properties;
    const [openid, marker, ...more] = AllowedOAuthScopes as unknown[];
    expect([openid, JSON.stringify(marker), more]).toEqual(['openid', expect.stringMatching(/"\/operator"\]\]}$/), []]);
  });

  it.each(['billing', 'support'])('the scope %s belongs to one machine with a secret', (scope) => {
    const holders = clients.filter(({ AllowedOAuthScopes }) =>
      JSON.stringify(AllowedOAuthScopes).includes(`/${scope}`),
    );
    expect(holders).toHaveLength(1);
    expect(holders[0]).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    expect(holders[0]?.AllowedOAuthScopes).toHaveLength(1);
  });

  it('a machine that a stage adds gets a client and an output, and the API lets it in', () => {
    const machines = [...stageNamed('prod').machines, { name: 'nightly-export', scope: 'support' }] as const;
    const { service: larger } = synthesizeTemplates({ machines });
    const [[id, client] = []] = Object.entries(resourcesOf(larger, 'AWS::Cognito::UserPoolClient')).filter(
      ([, { ClientName }]) => ClientName === 'inmail-credits-prod-nightly-export',
    );
    expect(client).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    expect(JSON.stringify(client?.AllowedOAuthScopes)).toContain('/support');
    larger.hasOutput(machineOutputOf('nightly-export'), { Value: { Ref: id } });
    const [authorizer] = Object.values(resourcesOf(larger, 'AWS::ApiGatewayV2::Authorizer'));
    expect(authorizer?.JwtConfiguration).toMatchObject({ Audience: expect.arrayContaining([{ Ref: id }]) });
  });

  it.each(STAGES)('the machines of the stage $name have names of their own, in small letters', ({ machines }) => {
    const names = machines.map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    expect(new Set([...names, 'members', 'operators']).size).toBe(names.length + 2);
  });

  const minutes = { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' };

  it.each([
    { who: 'a member', client: members, access: 15, refresh: 24 * 60 },
    { who: 'an operator', client: operators, access: 5, refresh: 60 },
    { who: 'a machine', client: machines[0], access: 15, refresh: 60 },
    { who: 'the other machine', client: machines[1], access: 15, refresh: 60 },
  ])(
    '$who gets tokens of $access minutes, and can refresh them for $refresh minutes',
    ({ client, access, refresh }) => {
      expect(client).toMatchObject({
        TokenValidityUnits: minutes,
        AccessTokenValidity: access,
        IdTokenValidity: access,
        RefreshTokenValidity: refresh,
      });
    },
  );

  it('people sign in by the sign-in pages only, and machines by their secret only', () => {
    // Only administrators of the account can use the first flow. An empty list would allow more flows than these.
    expect(ofPeople.map(({ ExplicitAuthFlows }) => ExplicitAuthFlows)).toEqual([
      ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    ]);
    expect(machines.map(({ ExplicitAuthFlows }) => ExplicitAuthFlows)).toEqual([
      ['ALLOW_REFRESH_TOKEN_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
    ]);
  });

  it('the clients of people replace a refresh token at each use, and revoke it at sign-out', () => {
    for (const client of ofPeople) {
      expect(client).toMatchObject({
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
        EnableTokenRevocation: true,
      });
    }
  });
});

describe('the sign-in pages', () => {
  it('the sign-in pages can ask anew for members and for operators', () => {
    data.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    const styles = Object.values(resourcesOf(page, 'AWS::Cognito::ManagedLoginBranding'));
    expect(styles.map(({ UseCognitoProvidedValues }) => UseCognitoProvidedValues)).toEqual([true, true]);
    expect(new Set(styles.map(({ ClientId }) => JSON.stringify(ClientId))).size).toBe(2);
  });
});
