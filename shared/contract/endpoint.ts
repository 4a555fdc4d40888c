/**
 * An endpoint is one value, and everything else derives from it. The handler is checked against it. CDK makes a
 * function, a route and a throttle of it. The OpenAPI document and the client's types say the same.
 */
import type * as z from 'zod';
import type { Refusal } from '../domain/refusal.ts';
import type { ProblemSlug } from './problems.ts';
import { problemSlugOf } from './refusals.ts';
import type { ResponseHeader } from './response-headers.ts';

/**
 * The callers that an endpoint lets in. With `member`, a member acts on their own things only. With `books`, a member
 * reads their own books, and the scopes `support` and `billing` read any member's. `billing` needs that scope.
 */
export type Access = 'member' | 'books' | 'billing';

/** The parts of a request. A part that an endpoint does not name must be empty. */
export type RequestParts = {
  readonly path?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly idempotencyKey?: true;
};

/** A response to a request that was carried out. One without `json` and `csv` has no body. */
export type Success = {
  readonly description: string;
  readonly json?: z.ZodType;
  /** The same as `text/csv`, if the request asks for it. */
  readonly csv?: z.ZodType;
  readonly headers?: readonly ResponseHeader[];
  /** Endpoints to call next. Each parameter has an OpenAPI runtime expression that finds its value. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

type SuccessStatus = 200 | 201 | 204;

export type Endpoint = {
  /** The file in `functions/`. */
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As API Gateway writes paths: `{memberId}` is a path parameter. */
  readonly path: string;
  readonly access: Access;
  /** The gateway lets so many requests a second through, of all callers together. `infra/service/api.ts` shows the sum. */
  readonly perSecond: number;
  /** One line, with the rules. */
  readonly summary: string;
  readonly description: string;
  readonly request: RequestParts;
  readonly responses: { readonly [Status in SuccessStatus]?: Success };
  /** The refusals of the use case. Those of the request follow from its parts (`problemsOf`). */
  readonly refusals: readonly Refusal['why'][];
  /** Responses carry an `ETag`, and a client that sends it back gets a 304 while nothing has changed. */
  readonly conditional?: true;
};

/** Checks a definition and keeps its exact type, because `api` checks the handler by that type. */
/* @__NO_SIDE_EFFECTS__ */
export const endpoint = <const Definition extends Endpoint>(definition: Definition): Definition => definition;

/** Every problem a client may meet: with the token, the request, the use case, and faults of ours. */
export function problemsOf({ access, request, refusals }: Endpoint): ProblemSlug[] {
  const { body, idempotencyKey } = request;
  const all: (ProblemSlug | false)[] = [
    'invalid-request',
    takesQuery(request, 'cursor') && 'invalid-cursor',
    'unauthenticated',
    access === 'billing' && 'forbidden',
    access === 'books' && 'not-found',
    ...(body ? (['malformed-json', 'payload-too-large', 'unsupported-media-type'] as const) : []),
    ...(idempotencyKey ? (['idempotency-key-required', 'idempotency-key-invalid'] as const) : []),
    ...refusals.map(problemSlugOf),
    'internal-error',
    'busy',
  ];
  return [...new Set(all.filter((slug) => slug !== false))];
}

export const takesQuery = ({ query }: Endpoint['request'], parameter: string): boolean =>
  Object.hasOwn((query as z.ZodObject | undefined)?.shape ?? {}, parameter);
