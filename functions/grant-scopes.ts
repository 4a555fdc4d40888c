/**
 * Started by Cognito ahead of each token of a person. Members of the group `billing` or `support` get the scope of
 * that name in the access token, if they signed in as an operator. A scope shows that, because only the operators'
 * client may ask for it. The client's own id cannot stand in this function's environment, because its user pool names
 * this function. Late or never: Cognito waits 5 s, tries three times, and then the sign-in fails. Twice: the result is
 * the same.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { OPERATOR_SCOPE, SCOPE_PREFIX } from '../shared/contract/scopes.ts';
import { logger } from '../shared/runtime/telemetry.ts';

const OPERATOR_GROUPS: readonly string[] = ['billing', 'support'];

/** The scopes that the groups give to a sign-in that asked for the scopes `asked`. */
export function scopesOf(groups: readonly string[], asked: readonly string[]): string[] {
  if (!asked.includes(`${SCOPE_PREFIX}${OPERATOR_SCOPE}`)) return [];
  return OPERATOR_GROUPS.filter((name) => groups.includes(name)).map((name) => `${SCOPE_PREFIX}${name}`);
}

export const handler = middy<PreTokenGenerationV2TriggerEvent, PreTokenGenerationV2TriggerEvent, Error, Context>({
  timeoutEarlyInMillis: 0,
})
  .use(injectLambdaContext(logger))
  .handler(async (event) => {
    const { groupConfiguration, scopes = [] } = event.request;
    const scopesToAdd = scopesOf(groupConfiguration.groupsToOverride ?? [], scopes);
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd } } } };
  });
