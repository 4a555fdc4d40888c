import { type Refusal, type RefusalFacts, refuse } from '../../domain/refusal.ts';
import type { EndpointName } from '../endpoints.ts';
import { type Problem, problemDocument } from '../problems.ts';
import { problemOf } from '../refusals.ts';

/** A request and its answer. */
export type Exchange = {
  readonly endpoint: EndpointName;
  /** What it shows; left out where it only carries the story on, and is not for the document. */
  readonly shows?: string;
  /** The caller; left out, nobody shows a token. */
  readonly as?: string;
  readonly scopes?: readonly 'billing'[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; text is sent as it is. */
  readonly body?: unknown;
  readonly answer: ExampleAnswer;
};

export type ExampleAnswer = {
  readonly status: number;
  readonly contentType?: string;
  /** JSON, or text where the content type says so. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export const ok = (body: unknown, status: 200 | 201 = 200): ExampleAnswer => ({
  status,
  contentType: 'application/json',
  body,
});

export const DONE: ExampleAnswer = { status: 204 };

/** A problem document. What is undefined is left out, as in JSON. */
export function problem(from: Problem): ExampleAnswer {
  const body = JSON.parse(JSON.stringify(problemDocument(from)));
  return { status: body.status, contentType: 'application/problem+json', body };
}

/** The problem document of a use case's refusal. */
export const refused = <Why extends Refusal['why']>(facts: RefusalFacts<Why>): ExampleAnswer =>
  problem(problemOf(refuse(facts)));
