/** The OpenAPI document, made of the endpoints. */
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { problemsOf, type Success } from '../../shared/contract/endpoint.ts';
import { ENDPOINT_GROUPS, type EndpointName, type NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { PROBLEM_SCHEMAS } from '../../shared/contract/problem-schemas.ts';
import { PROBLEMS, type ProblemSlug } from '../../shared/contract/problems.ts';
import { RESPONSE_HEADERS, type ResponseHeader } from '../../shared/contract/response-headers.ts';
import { parameter } from '../../shared/contract/schemas.ts';
import { gatewayMessage } from '../../shared/contract/shapes.ts';
import { IDEMPOTENCY_KEY } from '../../shared/http/idempotency-key.ts';
import { requestExamples, responseExamples } from './document-examples.ts';
import { checkWords, INTRODUCTION, tidyParameters } from './document-words.ts';
import { asOnTheWire } from './wire-schema.ts';

export function apiDocument() {
  const operations = ENDPOINT_GROUPS.flatMap(({ tag, endpoints }) =>
    endpoints.map((endpoint) => ({ endpoint, operation: operationOf(tag, endpoint) })),
  );
  const paths = Map.groupBy(operations, ({ endpoint }) => endpoint.path);
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'InMail credits', version: manifest.version, description: INTRODUCTION },
      servers: [{ url: '/', description: 'The origin of this document.' }],
      tags: ENDPOINT_GROUPS.map(({ tag, description }) => ({ name: tag, description })),
      paths: Object.fromEntries(
        [...paths].map(([path, rows]) => [
          path,
          Object.fromEntries(rows.map(({ endpoint, operation }) => [endpoint.method.toLowerCase(), operation])),
        ]),
      ),
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'An access token of the user pool. Its `sub` is the member, and its scopes are `billing` and `support`.',
          },
        },
      },
    },
    { override: asOnTheWire, reused: 'inline' },
  );
  checkWords(document);
  tidyParameters(document);
  return document;
}

function operationOf(tag: string, endpoint: NamedEndpoint): ZodOpenApiOperationObject {
  const { name, summary, description, perSecond, access, request } = endpoint;
  const { path, query, body } = request as Readonly<Record<'path' | 'query' | 'body', z.ZodObject | undefined>>;
  const most = `At most ${perSecond} ${perSecond === 1 ? 'request' : 'requests'} a second, of all callers together.`;
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: `${description} ${most}`,
    security: [{ bearer: access === 'billing' ? ['billing'] : [] }],
    requestParams: { ...(path && { path }), ...(query && { query }), ...requestHeadersOf(endpoint) },
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, ...requestExamples(name) } },
      },
    }),
    responses: { ...successesOf(endpoint), ...refusalsOf(endpoint), 429: TOO_MANY_REQUESTS },
  };
}

/** A tag of another response is no fault, so any text that a header can hold is a tag. */
const ONE_LINE = /^.*$/;

const idempotencyKeyHeader = parameter(
  z.string().regex(IDEMPOTENCY_KEY),
  'One key of 1 to 255 characters, as `"abc"` or `abc`. It belongs to the sender and the recipient for good.',
  '6f1e1c54-2f0b-4b0e-9c61-0d5f7a1c8e42',
);
const ifNoneMatchHeader = parameter(
  z.string().regex(ONE_LINE).optional(),
  'The `ETag` of an earlier response. The response is 304 if it is still the same.',
);

function requestHeadersOf({ request, conditional }: NamedEndpoint) {
  const headers = {
    ...(request.idempotencyKey && { 'Idempotency-Key': idempotencyKeyHeader }),
    ...(conditional && { 'If-None-Match': ifNoneMatchHeader }),
  };
  return Object.keys(headers).length > 0 && { header: z.object(headers) };
}

function successesOf({ name, responses, conditional }: NamedEndpoint): Record<string, ZodOpenApiResponseObject> {
  const tagged: ResponseHeader[] = conditional ? ['ETag'] : [];
  const successes = Object.entries(responses).map(([status, success]) => {
    const { description, headers = [], links = {} }: Success = success;
    const content = contentOf(name, Number(status), success);
    return [status, { description, ...headersOf([...headers, ...tagged]), ...linksOf(links), ...content }];
  });
  const unchanged = { description: 'Nothing has changed since the given `ETag`.', ...headersOf(tagged) };
  return Object.fromEntries([...successes, ...(conditional ? [['304', unchanged]] : [])]);
}

function contentOf(endpoint: EndpointName, status: number, { json, csv }: Success) {
  const bodies = Object.entries({ 'application/json': json, 'text/csv': csv }).flatMap(([contentType, schema]) =>
    schema ? [[contentType, { schema, ...responseExamples({ endpoint, status, contentType }) }] as const] : [],
  );
  return bodies.length > 0 && { content: Object.fromEntries(bodies) };
}

/** Problems of one status are one response, with one of their documents as its body. */
function refusalsOf(endpoint: NamedEndpoint): Record<string, ZodOpenApiResponseObject> {
  const byStatus = Map.groupBy(problemsOf(endpoint), (slug) => PROBLEMS[slug].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      EVERYWHERE[status] ?? problemResponseOf(group, { status, endpoint: endpoint.name }),
    ]),
  );
}

function problemResponseOf(
  slugs: readonly ProblemSlug[],
  { status, endpoint, headers = [] }: { status: number; endpoint?: EndpointName; headers?: readonly ResponseHeader[] },
): ZodOpenApiResponseObject {
  const [first, ...others] = slugs.map((slug) => PROBLEM_SCHEMAS[slug]);
  if (!first) throw new Error(`no problem has status ${status}`);
  const schema = others.length > 0 ? z.discriminatedUnion('type', [first, ...others]) : first;
  const contentType = 'application/problem+json';
  return {
    description: `${slugs.map((slug) => PROBLEMS[slug].title).join('. Or: ')}.`,
    ...headersOf(headers),
    content: { [contentType]: { schema, ...responseExamples({ endpoint, status, contentType }) } },
  };
}

function headersOf(names: readonly ResponseHeader[]) {
  return (
    names.length > 0 && { headers: Object.fromEntries(names.map((name) => [name, { ...RESPONSE_HEADERS[name] }])) }
  );
}

/** Named after what a link leads to. */
function linksOf(links: NonNullable<Success['links']>) {
  const named = Object.entries(links).map(([operationId, parameters]) => [operationId, { operationId, parameters }]);
  return named.length > 0 && { links: Object.fromEntries(named) };
}

/** The gateway's own responses, which come from no function. */
const fromTheGateway = { 'application/json': { schema: gatewayMessage } };

const TOO_MANY_REQUESTS: ZodOpenApiResponseObject = {
  id: 'TooManyRequests',
  description: 'More requests than the gateway lets through. Try again after a second.',
  content: fromTheGateway,
};

const unauthenticated = problemResponseOf(['unauthenticated'], { status: 401, headers: ['WWW-Authenticate'] });

/** The responses that every endpoint has in common. */
const EVERYWHERE: Readonly<Record<number, ZodOpenApiResponseObject>> = {
  401: { ...unauthenticated, id: 'Unauthenticated', content: { ...unauthenticated.content, ...fromTheGateway } },
  500: { ...problemResponseOf(['internal-error'], { status: 500 }), id: 'InternalError' },
  503: { ...problemResponseOf(['busy'], { status: 503, headers: ['Retry-After'] }), id: 'Busy' },
};
