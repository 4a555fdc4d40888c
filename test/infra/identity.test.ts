import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SCOPE_PREFIX } from '../../shared/edge/caller.ts';
import { resourcesOf, synthesizeTemplates } from './synthesized.ts';

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
