/**
 * Started by Cognito ahead of each token of a person. Who is in the group `billing` or `support` has the scope of that name
 * in the access token, where they signed in as an operator. That is known by a scope which only the operators' client may be
 * asked for: the client's own id cannot stand in this function's environment, for the user pool that makes it names us.
 * Late or never: Cognito waits 5 s, tries three times, and then nobody signs in. Twice: the same answer.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { OPERATOR_SCOPE, SCOPE_PREFIX } from '../shared/contract/scopes.ts';
import { logger } from '../shared/runtime/telemetry.ts';

const OPERATOR_GROUPS: readonly string[] = ['billing', 'support'];

/** The scopes that membership in these groups gives, to a sign-in that asked for these. */
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
