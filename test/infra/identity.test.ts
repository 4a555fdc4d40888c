import { Match } from 'aws-cdk-lib/assertions';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler, scopesOf } from '../../functions/grant-scopes.ts';
import { contextOf } from '../../local/http/handlers.ts';
import { SCOPE_PREFIX } from '../../shared/edge/caller.ts';
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

  it('knows the scopes billing and support, by the names that the handlers look for', () => {
    service.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: SCOPE_PREFIX.slice(0, -1),
      Scopes: [Match.objectLike({ ScopeName: 'billing' }), Match.objectLike({ ScopeName: 'support' })],
    });
  });
});

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
    expect(scopesOf(groups)).toEqual(scopes);
  });

  it('answer Cognito with the event, and the scopes in the access token alone', async () => {
    const request = { groupConfiguration: { groupsToOverride: ['billing'] }, userAttributes: {} };
    const event = { version: '2', request, response: {} } as unknown as PreTokenGenerationV2TriggerEvent;
    expect(await handler(event, contextOf('grant-scopes', 5, 'one'))).toEqual({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['inmail-credits/billing'] } },
      },
    });
  });
});

describe('its clients', () => {
  it('give members a token by code, without a secret, and with no scope that only back offices may have', () => {
    const members = clients.filter(({ GenerateSecret }) => GenerateSecret === false);
    expect(members.map(({ AllowedOAuthFlows }) => AllowedOAuthFlows)).toEqual([['code']]);
    expect(members.map(({ AllowedOAuthScopes }) => AllowedOAuthScopes)).toEqual([['openid']]);
  });

  it.each(['billing', 'support'])('give the scope %s to one machine with a secret', (scope) => {
    const holders = clients.filter(({ AllowedOAuthScopes }) =>
      JSON.stringify(AllowedOAuthScopes).includes(`/${scope}`),
    );
    expect(holders).toHaveLength(1);
    expect(holders[0]).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    expect(holders[0]?.AllowedOAuthScopes).toHaveLength(1);
  });
});
