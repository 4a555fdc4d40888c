import { Match } from 'aws-cdk-lib/assertions';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler, scopesOf } from '../../functions/grant-scopes.ts';
import { createContext } from '../../local/gateway/handlers.ts';
import { OPERATOR_SCOPE, SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { idIn, type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { service } = synthesizeTemplates();
const clients = Object.values(resourcesOf(service, 'AWS::Cognito::UserPoolClient'));

describe('the user pool', () => {
  it('is kept whatever happens to the stack, for its subjects are the memberIds of the books', () => {
    service.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({ DeletionProtection: 'ACTIVE' }),
    });
  });

  it('asks every member for a second factor, and that is not a text message', () => {
    service.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('lets nobody sign up by themselves', () => {
    service.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
  });

  it('knows the scopes billing, support and operator, by the names that the handlers look for', () => {
    service.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: SCOPE_PREFIX.slice(0, -1),
      Scopes: ['billing', 'support', OPERATOR_SCOPE].map((ScopeName) => Match.objectLike({ ScopeName })),
    });
  });
});

const AS_OPERATOR = ['openid', 'inmail-credits/operator'];

describe('operators', () => {
  it('are in a group for each scope', () => {
    const groups = Object.values(resourcesOf(service, 'AWS::Cognito::UserPoolGroup'));
    expect(groups.map(({ GroupName }) => GroupName).sort()).toEqual(['billing', 'support']);
  });

  it('have their scopes added to access tokens, which is what version 2 of the trigger can do', () => {
    const [pool] = Object.values(resourcesOf(service, 'AWS::Cognito::UserPool'));
    const { PreTokenGenerationConfig } = (pool as Properties).LambdaConfig as { PreTokenGenerationConfig: Properties };
    expect(PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    expect(idIn(PreTokenGenerationConfig.LambdaArn)).toMatch(/^GrantScopes/);
  });

  it.each([
    { groups: [], scopes: [] },
    { groups: ['billing'], scopes: ['inmail-credits/billing'] },
    { groups: ['support', 'billing'], scopes: ['inmail-credits/billing', 'inmail-credits/support'] },
    { groups: ['inmail-credits/billing', 'Billing', 'admins'], scopes: [] },
  ])('of $groups get $scopes', ({ groups, scopes }) => {
    expect(scopesOf(groups, AS_OPERATOR)).toEqual(scopes);
  });

  it.each([[[]], [['openid']], [['operator', 'inmail-credits/operators']], [['inmail-credits/billing']]])(
    'get none where they sign in as members, with %j',
    (asked) => {
      expect(scopesOf(['billing', 'support'], asked)).toEqual([]);
    },
  );

  it('answer Cognito with the event, and the scopes in the access token alone', async () => {
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

describe('its clients', () => {
  const [members, operators, ...others] = clients.filter(({ GenerateSecret }) => GenerateSecret === false);
  const ofPeople = [members, operators] as Properties[];
  const machines = clients.filter(({ GenerateSecret }) => GenerateSecret === true);

  it('give people a token by code, without a secret, and with no scope that opens anything', () => {
    expect([others, machines]).toEqual([[], expect.objectContaining({ length: 2 })]);
    expect(ofPeople.map(({ AllowedOAuthFlows }) => AllowedOAuthFlows)).toEqual([['code'], ['code']]);
    expect(members?.AllowedOAuthScopes).toEqual(['openid']);
    const { AllowedOAuthScopes } = operators as Properties;
    const [openid, marker, ...more] = AllowedOAuthScopes as unknown[];
    expect([openid, JSON.stringify(marker), more]).toEqual(['openid', expect.stringMatching(/"\/operator"\]\]}$/), []]);
  });

  it.each(['billing', 'support'])('give the scope %s to one machine with a secret', (scope) => {
    const holders = clients.filter(({ AllowedOAuthScopes }) =>
      JSON.stringify(AllowedOAuthScopes).includes(`/${scope}`),
    );
    expect(holders).toHaveLength(1);
    expect(holders[0]).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    expect(holders[0]?.AllowedOAuthScopes).toHaveLength(1);
  });

  const minutes = { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' };

  it.each([
    { who: 'a member', client: members, access: 15, refresh: 24 * 60 },
    { who: 'an operator', client: operators, access: 5, refresh: 60 },
    { who: 'a machine', client: machines[0], access: 15, refresh: 60 },
    { who: 'the other machine', client: machines[1], access: 15, refresh: 60 },
  ])('let $who have tokens of $access minutes, for $refresh minutes', ({ client, access, refresh }) => {
    expect(client).toMatchObject({
      TokenValidityUnits: minutes,
      AccessTokenValidity: access,
      IdTokenValidity: access,
      RefreshTokenValidity: refresh,
    });
  });

  it('have people come in by the sign-in pages alone, and machines by their secret alone', () => {
    // Whoever may call the first is an administrator of the account; a list left empty would mean more than these.
    expect(ofPeople.map(({ ExplicitAuthFlows }) => ExplicitAuthFlows)).toEqual([
      ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    ]);
    expect(machines.map(({ ExplicitAuthFlows }) => ExplicitAuthFlows)).toEqual([
      ['ALLOW_REFRESH_TOKEN_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
    ]);
  });

  it('replace a refresh token at each use, and take one back at sign-out', () => {
    for (const client of ofPeople) {
      expect(client).toMatchObject({
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
        EnableTokenRevocation: true,
      });
    }
  });
});

describe('the sign-in pages', () => {
  it('are of the kind that asks anew where it is told to, for members and operators', () => {
    service.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    const styles = Object.values(resourcesOf(service, 'AWS::Cognito::ManagedLoginBranding'));
    expect(styles.map(({ UseCognitoProvidedValues }) => UseCognitoProvidedValues)).toEqual([true, true]);
    expect(new Set(styles.map(({ ClientId }) => JSON.stringify(ClientId))).size).toBe(2);
  });
});
