/** The OpenAPI document: made of the route table, of what each function takes, and of what the contract says it answers. */

import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import {
  OPERATIONS,
  problemsOf,
  RESPONSE_HEADERS,
  type ResponseHeader,
  type Success,
  TAGS,
} from '../../shared/contract/operations.ts';
import { PROBLEM_SCHEMAS } from '../../shared/contract/problem-docs.ts';
import { ROUTES, type Route, type RouteName } from '../../shared/contract/routes.ts';
import { gatewayMessage } from '../../shared/contract/shapes.ts';
import { IDEMPOTENCY_KEY } from '../../shared/http/idempotency-key.ts';
import { PROBLEMS, type ProblemSlug } from '../../shared/http/problems.ts';
import type { RequestParts } from '../../shared/http/request.ts';
import { requestExamples, responseExamples } from './document-examples.ts';
import { describe, INTRODUCTION } from './document-words.ts';
import { asOnTheWire } from './wire-schema.ts';

type NamedRoute = Route & { readonly name: RouteName };

export async function apiDocument() {
  const operations = await Promise.all(
    ROUTES.map(async (route) => [route, operationOf(route, await partsOf(route.name))] as const),
  );
  const paths = Map.groupBy(operations, ([{ path }]) => path);
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'InMail credits', version: manifest.version, description: INTRODUCTION },
      servers: [{ url: '/', description: 'Where this document was read.' }],
      tags: TAGS.map((tag) => ({ ...tag })),
      paths: Object.fromEntries(
        [...paths].map(([path, rows]) => [
          path,
          Object.fromEntries(rows.map(([{ method }, operation]) => [method.toLowerCase(), operation])),
        ]),
      ),
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'An access token of the user pool. Its `sub` is the member; scopes are `billing` and `support`.',
          },
        },
      },
    },
    { override: asOnTheWire, reused: 'inline' },
  );
  describe(document);
  return document;
}

async function partsOf(name: RouteName): Promise<RequestParts> {
  const { request } = await import(`../../functions/${name}.ts`);
  return request;
}

function operationOf(route: NamedRoute, parts: RequestParts): ZodOpenApiOperationObject {
  const { tag, description } = OPERATIONS[route.name];
  const { path, query, body } = parts as Readonly<Record<'path' | 'query' | 'body', z.ZodObject | undefined>>;
  return {
    operationId: route.name,
    tags: [tag],
    summary: route.summary,
    description: `${description} At most ${route.perSecond} requests a second, of all callers together.`,
    security: securityOf(route),
    requestParams: { ...(path && { path }), ...(query && { query }), ...requestHeadersOf(route.name, parts) },
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, ...requestExamples(route.name) } },
      },
    }),
    responses: { ...successesOf(route.name), ...refusalsOf(route, parts), 429: TOO_MANY_REQUESTS },
  };
}

/** A tag that is none of ours is another answer's, and never a fault: whatever a header can hold is taken. */
const ONE_LINE = /^.*$/;

function requestHeadersOf(name: RouteName, { idempotencyKey }: RequestParts) {
  const headers = {
    ...(idempotencyKey && { 'Idempotency-Key': z.string().regex(IDEMPOTENCY_KEY) }),
    ...(OPERATIONS[name].conditional && { 'If-None-Match': z.string().regex(ONE_LINE).optional() }),
  };
  return Object.keys(headers).length > 0 && { header: z.object(headers) };
}

function securityOf({ access }: Route): Record<string, string[]>[] {
  if (access === 'public') return [];
  return [{ bearer: access === 'billing' ? ['billing'] : [] }];
}

function successesOf(name: RouteName): Record<string, ZodOpenApiResponseObject> {
  const { successes, conditional } = OPERATIONS[name];
  const tagged: ResponseHeader[] = conditional ? ['ETag'] : [];
  const answers = Object.entries(successes).map(([status, { description, content, headers = [], links = {} }]) => {
    const bodies = Object.entries(content ?? {}).map(([contentType, schema]) => [
      contentType,
      { schema, ...responseExamples({ route: name, status: Number(status), contentType }) },
    ]);
    const answer = { description, ...headersOf([...headers, ...tagged]), ...linksOf(links) };
    return [status, content ? { ...answer, content: Object.fromEntries(bodies) } : answer];
  });
  const unchanged = { description: 'Nothing has changed since the `ETag` given back.', ...headersOf(tagged) };
  return Object.fromEntries([...answers, ...(conditional ? [['304', unchanged]] : [])]);
}

/** Problems of one status are one answer: its body is one of their documents. */
function refusalsOf(route: NamedRoute, parts: RequestParts): Record<string, ZodOpenApiResponseObject> {
  const slugs = problemsOf(route.access, parts, OPERATIONS[route.name]);
  const byStatus = Map.groupBy(slugs, (slug) => PROBLEMS[slug].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      EVERYWHERE[status] ?? problemResponseOf(group, { status, route: route.name }),
    ]),
  );
}

function problemResponseOf(
  slugs: readonly ProblemSlug[],
  { status, route, headers = [] }: { status: number; route?: RouteName; headers?: readonly ResponseHeader[] },
): ZodOpenApiResponseObject {
  const [first, ...others] = slugs.map((slug) => PROBLEM_SCHEMAS[slug]);
  if (!first) throw new Error(`no problem has status ${status}`);
  const schema = others.length > 0 ? z.discriminatedUnion('type', [first, ...others]) : first;
  const contentType = 'application/problem+json';
  return {
    description: `${slugs.map((slug) => PROBLEMS[slug].title).join('; or: ')}.`,
    ...headersOf(headers),
    content: { [contentType]: { schema, ...responseExamples({ route, status, contentType }) } },
  };
}

function headersOf(names: readonly ResponseHeader[]) {
  return (
    names.length > 0 && { headers: Object.fromEntries(names.map((name) => [name, { ...RESPONSE_HEADERS[name] }])) }
  );
}

/** Named after what they lead to. */
function linksOf(links: NonNullable<Success['links']>) {
  const named = Object.entries(links).map(([operationId, parameters]) => [operationId, { operationId, parameters }]);
  return named.length > 0 && { links: Object.fromEntries(named) };
}

/** What the gateway says without having asked a function. */
const fromTheGateway = { 'application/json': { schema: gatewayMessage } };

const TOO_MANY_REQUESTS: ZodOpenApiResponseObject = {
  id: 'TooManyRequests',
  description: 'More requests than the gateway lets through; a second later there is room again.',
  content: fromTheGateway,
};

const unauthenticated = problemResponseOf(['unauthenticated'], { status: 401, headers: ['WWW-Authenticate'] });

/** The answers that are the same wherever a token is needed. */
const EVERYWHERE: Readonly<Record<number, ZodOpenApiResponseObject>> = {
  401: { ...unauthenticated, id: 'Unauthenticated', content: { ...unauthenticated.content, ...fromTheGateway } },
  500: { ...problemResponseOf(['internal-error'], { status: 500 }), id: 'InternalError' },
  503: { ...problemResponseOf(['busy'], { status: 503, headers: ['Retry-After'] }), id: 'Busy' },
};
