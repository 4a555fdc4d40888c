/**
 * Reads an API Gateway event as the input of a use case. It checks part by part, and names every fault with its place.
 */
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import type { Endpoint, RequestParts } from '../contract/endpoint.ts';
import type { Fault } from '../contract/problems.ts';
import { type Caller, callerFrom, verdictOn } from './caller.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { pointerTo } from './pointer.ts';
import { invalidRequest, ProblemError } from './problem-response.ts';

/** The body has been parsed on the way in. */
export type ApiEvent = Omit<APIGatewayProxyEventV2WithJWTAuthorizer, 'body'> & { readonly body?: unknown };

type Part<Parts, Name extends keyof RequestParts> =
  Parts extends Readonly<Record<Name, infer Schema extends z.ZodType>> ? z.infer<Schema> : undefined;

export type ApiRequest<Parts extends RequestParts> = {
  readonly caller: Caller;
  readonly path: Part<Parts, 'path'>;
  readonly query: Part<Parts, 'query'>;
  readonly body: Part<Parts, 'body'>;
  readonly idempotencyKey: Parts['idempotencyKey'] extends true ? string : undefined;
};

const NOTHING = z.strictObject({});

/** Throws a ProblemError. It checks the caller and their access first, and the request after that. */
export function readRequest<Parts extends RequestParts>(
  endpoint: Endpoint & { readonly request: Parts },
  event: ApiEvent,
): ApiRequest<Parts> {
  const parts: RequestParts = endpoint.request;
  const caller = allowedCaller(endpoint, event);
  const faults: Fault[] = [];
  const read = (part: 'path' | 'query' | 'body', schema: z.ZodType, value: unknown): unknown => {
    const { data, error } = schema.safeParse(value);
    faults.push(...(error?.issues ?? []).flatMap((issue) => faultsOf(part, issue)));
    return data;
  };
  const path = read('path', parts.path ?? NOTHING, event.pathParameters ?? {});
  const query = read('query', parts.query ?? NOTHING, event.queryStringParameters ?? {});
  const body = parts.body && read('body', parts.body, event.body);
  if (faults.length > 0) throw invalidRequest(faults);
  const idempotencyKey = parts.idempotencyKey && readIdempotencyKey(event.headers['idempotency-key']);
  return { caller, path, query, body, idempotencyKey } as ApiRequest<Parts>;
}

/** Throws a ProblemError if the caller is missing or not allowed. */
export function allowedCaller({ access }: Endpoint, event: ApiEvent): Caller {
  const caller = callerFrom(event.requestContext?.authorizer?.jwt?.claims);
  if (!caller) throw new ProblemError({ slug: 'unauthenticated' });
  const verdict = verdictOn(caller, access, event.pathParameters?.memberId);
  if (verdict !== 'allowed') throw new ProblemError({ slug: verdict });
  return caller;
}

/** One fault for each unknown field, one for every other issue. */
export function faultsOf(part: string, issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ in: part, pointer: pointerTo([...issue.path, key]), detail: 'unknown field' }));
  }
  return [{ in: part, pointer: pointerTo(issue.path), detail: issue.message }];
}
