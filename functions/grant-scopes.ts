/**
 * Started by Cognito ahead of each token of a person. Who is in the group `billing` or `support` has the scope of that name
 * in the access token. Not by the client: Cognito would hand a client's scopes to every member who signs in through it.
 * Late or never: Cognito waits 5 s, tries three times, and then nobody signs in. Twice: the same answer.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { SCOPE_PREFIX } from '../shared/edge/caller.ts';
import { logger } from '../shared/edge/telemetry.ts';

const OPERATOR_GROUPS: readonly string[] = ['billing', 'support'];

/** The scopes that membership in these groups gives. */
export const scopesOf = (groups: readonly string[]): string[] =>
  OPERATOR_GROUPS.filter((name) => groups.includes(name)).map((name) => `${SCOPE_PREFIX}${name}`);

export const handler = middy<PreTokenGenerationV2TriggerEvent, PreTokenGenerationV2TriggerEvent, Error, Context>({
  timeoutEarlyInMillis: 0,
})
  .use(injectLambdaContext(logger))
  .handler(async (event) => {
    const scopesToAdd = scopesOf(event.request.groupConfiguration.groupsToOverride ?? []);
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd } } } };
  });
