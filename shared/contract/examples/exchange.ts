import { type Refusal, type RefusalFacts, refuse } from '../../domain/refusal.ts';
import type { EndpointName } from '../endpoints.ts';
import { type Problem, problemDocument } from '../problems.ts';
import { problemOf } from '../refusals.ts';

/** A request and its response. */
export type Exchange = {
  readonly endpoint: EndpointName;
  /** Its title in the document. An exchange without one only carries the story on. */
  readonly shows?: string;
  /** The caller. Without one, the request has no token. */
  readonly as?: string;
  readonly scopes?: readonly 'billing'[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. A string is sent as it is. */
  readonly body?: unknown;
  readonly response: ExampleResponse;
};

export type ExampleResponse = {
  readonly status: number;
  readonly contentType?: string;
  /** JSON, or text if the content type says so. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export const ok = (body: unknown, status: 200 | 201 = 200): ExampleResponse => ({
  status,
  contentType: 'application/json',
  body,
});

export const DONE: ExampleResponse = { status: 204 };

/** A problem document. Undefined members are left out, as in JSON. */
export function problem(from: Problem): ExampleResponse {
  const body = JSON.parse(JSON.stringify(problemDocument(from)));
  return { status: body.status, contentType: 'application/problem+json', body };
}

/** The problem document of a use case's refusal. */
export const refused = <Why extends Refusal['why']>(facts: RefusalFacts<Why>): ExampleResponse =>
  problem(problemOf(refuse(facts)));
