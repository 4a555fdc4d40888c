/** The chain of every API function: telemetry, problem documents, body, request, use case. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Endpoint, Success } from '../contract/endpoint.ts';
import { problemOf } from '../contract/refusals.ts';
import { PRIVATE_HEADERS } from '../contract/security-headers.ts';
import type { Refusal } from '../domain/refusal.ts';
import { RULES } from '../domain/rules.ts';
import { endEarly } from '../runtime/early-end.ts';
import { lambda } from '../runtime/lambda.ts';
import { awsRuntime, type Deps, type DepsWithoutBooks, perform, type Runtime, SYSTEM } from '../runtime/runtime.ts';
import { count, logger, publishCounts } from '../runtime/telemetry.ts';
import { accessLog } from './access-log.ts';
import { holds } from './etag.ts';
import { problemDocuments, refusal } from './problem-documents.ts';
import { rawBody } from './raw-body.ts';
import { type ApiEvent, type ApiRequest, allowedCaller, readRequest } from './request.ts';
import type { HttpResponse } from './response.ts';

/** The chain responds before the function's own timeout, so that the caller gets a problem document and not a 502. */
const EARLY = { beforeMillis: 500, graceMillis: 100 };

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

type BodyOf<One> =
  | (One extends { readonly json: infer Json extends z.ZodType } ? DeepReadonly<z.input<Json>> : never)
  | (One extends { readonly csv: z.ZodType } ? string : never)
  | (One extends { readonly json: z.ZodType } | { readonly csv: z.ZodType } ? never : undefined);

/** The responses that an endpoint promises. Another status or another body does not compile. */
type ResponseOf<Definition extends Endpoint> = {
  [Status in keyof Definition['responses']]: HttpResponse<
    Status & number,
    BodyOf<Definition['responses'][Status] & Success>
  >;
}[keyof Definition['responses']];

/** The refusals that an endpoint lists. Another one does not compile. */
type ListedRefusal<Definition extends Endpoint> = Extract<Refusal, { why: Definition['refusals'][number] }>;

type Run<Definition extends Endpoint, Given> = (
  request: ApiRequest<Definition['request']>,
  given: Given,
) => Promise<ResponseOf<Definition> | ListedRefusal<Definition>>;

/** A Lambda of the HTTP API. `run` is its use case, and is repeated whole when it loses a race. */
export const api = <const Definition extends Endpoint>(endpoint: Definition, run: Run<Definition, Deps>) =>
  lambda(awsRuntime, (runtime: () => Runtime) =>
    chainOf<Definition>(endpoint, (request, signal) => perform(run, request, runtime(), signal)),
  );

/** A Lambda that knows no table. Its bundle leaves out DynamoDB's client, and half of its loading time with it. */
export const apiWithoutBooks = <const Definition extends Endpoint>(
  endpoint: Definition,
  run: Run<Definition, DepsWithoutBooks>,
) =>
  lambda(
    () => ({ ...SYSTEM, rules: RULES }),
    (runtime: () => Pick<Runtime, 'rules' | 'clock'>) =>
      chainOf<Definition>(endpoint, (request) => run(request, { rules: runtime().rules, now: runtime().clock() })),
  );

function chainOf<Definition extends Endpoint>(
  endpoint: Definition,
  run: (request: ApiRequest<Definition['request']>, signal: AbortSignal) => Promise<HttpResponse | Refusal>,
) {
  const chain = middy<ApiEvent, APIGatewayProxyStructuredResultV2, Error, Context>(endEarly(EARLY))
    .use(injectLambdaContext(logger))
    .use(publishCounts())
    // Of these two, the second comes first after an error, so that the access log knows the status.
    .use(accessLog(endpoint))
    .use(problemDocuments(endpoint));
  // The caller is checked before the body is read, so that a caller without access learns nothing about its faults.
  if (endpoint.request.body) {
    chain
      .use(callerFirst(endpoint))
      .use(rawBody())
      .use(httpJsonBodyParser({ disableContentTypeCheck: true }));
  }
  return chain.handler(async (event, _context, { signal }) => {
    const request = readRequest<Definition['request']>(endpoint, event);
    const result = await run(request, signal);
    if (result.kind === 'refused') return refusal(problemOf(result), endpoint, event);
    const isHeld = holds(event.headers['if-none-match'], result.headers.etag);
    return respond(isHeld ? notModified(result) : result);
  });
}

const callerFirst = (endpoint: Endpoint): MiddlewareObj<ApiEvent> => ({
  before: ({ event }) => {
    allowedCaller(endpoint, event);
  },
});

/** RFC 9110: the client's copy is still good. */
const notModified = ({ headers }: HttpResponse): HttpResponse => ({
  kind: 'response',
  status: 304,
  body: undefined,
  headers,
});

function respond({ status, body, headers: own }: HttpResponse): APIGatewayProxyStructuredResultV2 {
  count('responded');
  const headers = { ...own, ...PRIVATE_HEADERS };
  if (body === undefined) return { statusCode: status, headers };
  if (typeof body === 'string') return { statusCode: status, headers, body };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
