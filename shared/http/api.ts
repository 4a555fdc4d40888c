/** The chain every API function runs in: telemetry, problem documents, body, request, use case. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { RouteName } from '../contract/routes.ts';
import { PRIVATE_HEADERS } from '../contract/security-headers.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type Deps, perform, runtime } from '../runtime/runtime.ts';
import { count, logger, metrics } from '../runtime/telemetry.ts';
import { BusyError } from '../store/store.ts';
import { holds } from './etag.ts';
import { type Problem, ProblemError, problemOf, problemResponse } from './problems.ts';
import { rawBody } from './raw-body.ts';
import { type ApiEvent, type ApiRequest, allowedCaller, type RequestParts, readRequest } from './request.ts';
import type { Reply } from './response.ts';

/** Answers before the function's own time-out does, so that the caller gets a problem document and not a 502. */
const TIMEOUT_EARLY_MILLIS = 500;

/** A Lambda of the HTTP API: `run` is its use case, repeated whole when it loses a race. */
export function api<const Parts extends RequestParts>(
  name: RouteName,
  parts: Parts,
  run: (request: ApiRequest<Parts>, deps: Deps) => Promise<Reply | Refusal>,
) {
  const chain = middy<ApiEvent, APIGatewayProxyStructuredResultV2, Error, Context>({
    timeoutEarlyInMillis: TIMEOUT_EARLY_MILLIS,
    timeoutEarlyResponse: () => problemResponse({ slug: 'busy' }),
  })
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .use(problemDocuments());
  // Before the body is looked into: who may not call learns nothing of what is wrong with what they sent.
  if (parts.body)
    chain
      .use(callerFirst(name))
      .use(rawBody())
      .use(httpJsonBodyParser({ disableContentTypeCheck: true }));
  return chain.handler(async (event, _context, { signal }) => {
    const request = readRequest(name, parts, event);
    const result = await perform(run, request, runtime(), signal);
    if (result.kind === 'refused') return problemDocument(problemOf(result));
    return response(holds(event.headers['if-none-match'], result.headers.etag) ? notModified(result) : result);
  });
}

const callerFirst = (name: RouteName): MiddlewareObj<ApiEvent> => ({
  before: ({ event }) => {
    allowedCaller(name, event);
  },
});

/** RFC 9110: what the client has is as good as this. */
const notModified = ({ headers }: Reply): Reply => ({ kind: 'reply', status: 304, body: undefined, headers });

function response({ status, body, headers: own }: Reply): APIGatewayProxyStructuredResultV2 {
  count('answered');
  const headers = { ...own, ...PRIVATE_HEADERS };
  if (body === undefined) return { statusCode: status, headers };
  if (typeof body === 'string') return { statusCode: status, headers, body };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

function problemDocuments(): MiddlewareObj<ApiEvent, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const problem = problemFrom(request.error);
      if (problem.slug === 'internal-error') logger.error('unexpected', request.error as Error);
      request.response = problemDocument(problem);
    },
  };
}

function problemDocument(problem: Problem): APIGatewayProxyStructuredResultV2 {
  count(problem.slug);
  return problemResponse(problem);
}

function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof BusyError) return { slug: 'busy' };
  // What the body parser throws, should it know better than `rawBody`, carries a status and the name of its package.
  if ((error as { statusCode?: number }).statusCode === 422) return { slug: 'malformed-json' };
  return { slug: 'internal-error' };
}
