/** The chain every API function runs in: telemetry, problem documents, body, request, use case. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Refusal } from '../domain/refusal.ts';
import { BusyError } from '../store/store.ts';
import { type Problem, ProblemError, problemOf, problemResponse } from './problems.ts';
import { type ApiEvent, type ApiRequest, type RequestParts, readRequest } from './request.ts';
import type { RouteName } from './routes.ts';
import { type Deps, perform, runtime } from './runtime.ts';
import { count, logger, metrics } from './telemetry.ts';

/** A body that is a string goes out as it is, with the content type of `headers`; anything else as JSON. */
export type Reply<Body = unknown> = {
  readonly kind: 'reply';
  readonly status: 200 | 201 | 204;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
};

export const reply = <Body>(status: 200 | 201, body: Body, headers = {}): Reply<Body> => ({
  kind: 'reply',
  status,
  body,
  headers,
});

export const NO_CONTENT: Reply<undefined> = { kind: 'reply', status: 204, body: undefined, headers: {} };

/** 16 kB: a body of 1,900 characters of 4 bytes, escaped, and room to spare. */
const MAX_BODY_BYTES = 16 * 1024;
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
  if (parts.body) chain.use(bodyLimit()).use(httpJsonBodyParser());
  return chain.handler(async (event, _context, { signal }) => {
    const request = readRequest(name, parts, event);
    const result = await perform(run, request, runtime(), signal);
    return result.kind === 'refused' ? problemDocument(problemOf(result)) : response(result);
  });
}

function response({ status, body, headers }: Reply): APIGatewayProxyStructuredResultV2 {
  count('answered');
  if (body === undefined) return { statusCode: status, headers };
  if (typeof body === 'string') return { statusCode: status, headers, body };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

function bodyLimit(): MiddlewareObj<ApiEvent> {
  return {
    before: ({ event: { body } }) => {
      if (typeof body === 'string' && Buffer.byteLength(body) > MAX_BODY_BYTES) {
        throw new ProblemError({ slug: 'payload-too-large', detail: `At most ${MAX_BODY_BYTES} bytes.` });
      }
    },
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
  // What the body parser throws carries a status and the name of its package.
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 415) return { slug: 'unsupported-media-type' };
  if (statusCode === 422) return { slug: 'malformed-json' };
  return { slug: 'internal-error' };
}
