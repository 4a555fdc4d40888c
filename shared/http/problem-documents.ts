/** The end of a request that has no success. It becomes a problem document, and a fault of ours is logged as well. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Endpoint } from '../contract/endpoint.ts';
import { PROBLEMS, type Problem, type ProblemRow } from '../contract/problems.ts';
import { API_TIMEOUT_SECONDS } from '../contract/timeouts.ts';
import { count, countFailure, logger } from '../runtime/telemetry.ts';
import { BusyError } from '../store/store.ts';
import { callerFrom } from './caller.ts';
import { ProblemError, problemResponse } from './problem-response.ts';
import type { ApiEvent } from './request.ts';

/** These fields stand in each log line of a request. The gateway's access log has the same names and values. */
export const requestFields = ({ name, method, path }: Endpoint, { requestContext }: ApiEvent) => ({
  requestId: requestContext?.requestId,
  endpoint: name,
  route: `${method} ${path}`,
});

export function problemDocuments(endpoint: Endpoint): MiddlewareObj<ApiEvent, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { error, event, context } = request;
      const problem = problemFrom(error);
      const fields = requestFields(endpoint, event);
      if (problem.slug === 'busy' || problem.slug === 'internal-error') {
        logFault(error, { ...fields, afterMillis: elapsedMillis(context) });
        countFailure(problem.slug, context.functionName);
        request.response = problemResponse(problem);
      } else request.response = refusal(problem, endpoint, event);
    },
  };
}

/** Tells of the refusal by its name and its rule alone, because its other words may repeat what the caller has sent. */
export function refusal(problem: Problem, endpoint: Endpoint, event: ApiEvent): APIGatewayProxyStructuredResultV2 {
  const caller = callerFrom(event.requestContext?.authorizer?.jwt?.claims)?.memberId;
  const { rule } = PROBLEMS[problem.slug] as ProblemRow;
  logger.info('refused', { ...requestFields(endpoint, event), caller, problem: problem.slug, rule });
  count(problem.slug);
  return problemResponse(problem);
}

/**
 * A BusyError is no fault of the code, so the failed call says everything. Its cause is left out, because that error is
 * AWS's and may hold more than names.
 */
function logFault(error: unknown, fields: object): void {
  if (error instanceof BusyError) logger.warn('busy', { ...fields, reason: error.message, ...error.call });
  else logger.error('unexpected', { ...fields, error: error as Error });
}

/** How long the request has taken. */
const elapsedMillis = (context: Context): number =>
  Math.round(API_TIMEOUT_SECONDS * 1_000 - context.getRemainingTimeInMillis());

function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof BusyError) return { slug: 'busy' };
  // The body parser throws an error with a status and its package's name, if it finds a fault that `rawBody` missed.
  if ((error as { statusCode?: number }).statusCode === 422) return { slug: 'malformed-json' };
  return { slug: 'internal-error' };
}
