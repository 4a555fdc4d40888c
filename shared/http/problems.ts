/** Every problem the API answers with (RFC 9457); `type` is `/problems/<slug>`. */

import { PRIVATE_HEADERS } from '../contract/security-headers.ts';
import type { Refusal } from '../domain/refusal.ts';

export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not as the API expects it' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'idempotency-key-required': { status: 400, title: 'The header Idempotency-Key is missing' },
  'idempotency-key-invalid': { status: 400, title: 'The header Idempotency-Key is not a key' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one this list gave out' },
  unauthenticated: { status: 401, title: 'A valid bearer token is needed' },
  forbidden: { status: 403, title: 'The token lacks a scope' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'no-active-subscription': { status: 409, title: 'No active subscription of that product' },
  'already-connected': { status: 409, title: 'The two are connected and message each other for free' },
  'response-pending': { status: 409, title: 'The recipient has not responded yet' },
  'insufficient-credits': { status: 409, title: 'No credit left' },
  'already-responded': { status: 409, title: 'The InMail has its response' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has to be application/json' },
  'self-inmail': { status: 422, title: 'Nobody sends an InMail to themselves' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Busy; the same request later tells the truth' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof PROBLEMS;

/** Where a fault is: the part of the request, and an RFC 6901 pointer into it. */
export type Fault = { readonly in: string; readonly pointer: string; readonly detail: string };

export type Problem = {
  readonly slug: ProblemSlug;
  readonly detail?: string;
  /** The rule that refused (`R9`). */
  readonly rule?: string;
  readonly errors?: readonly Fault[];
  /** What the caller may want to know besides: `inmailId`, `nextRenewal`. */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Ends a request with a problem, from anywhere in the edge. Use cases return refusals instead. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.slug);
    this.problem = problem;
  }
}

/** A few are enough to work on; a body can have thousands. */
const MAX_FAULTS = 20;

export const invalidRequest = (faults: readonly Fault[]): ProblemError =>
  new ProblemError({ slug: 'invalid-request', errors: faults.slice(0, MAX_FAULTS) });

const NOT_FOUND: Problem = { slug: 'not-found' };

type ProblemOf<Why extends Refusal['why']> = (refusal: Extract<Refusal, { why: Why }>) => Problem;

const PROBLEM_OF: { readonly [Why in Refusal['why']]: ProblemOf<Why> } = {
  'no-such-plan': ({ plan, product }) => ({
    slug: 'invalid-request',
    errors: [{ in: 'body', pointer: '/plan', detail: `${product} has no plan ${plan}` }],
  }),
  'self-inmail': () => ({ slug: 'self-inmail', rule: 'R8' }),
  'no-active-subscription': ({ product }) => ({
    slug: 'no-active-subscription',
    rule: 'R8',
    detail: `The sender has no active subscription of ${product}; subscribing to one lifts this.`,
  }),
  'already-connected': () => ({
    slug: 'already-connected',
    rule: 'R14',
    detail: 'Message each other for free; an InMail would only cost a credit.',
  }),
  'response-pending': ({ inmailId }) => ({
    slug: 'response-pending',
    rule: 'R9',
    detail: 'Only a response of the recipient to the InMail before frees the pair.',
    more: { inmailId },
  }),
  'insufficient-credits': ({ product, nextRenewal }) => ({
    slug: 'insufficient-credits',
    rule: 'R7',
    detail: `The ${product} wallet is empty until its next renewal at ${nextRenewal.at}, or until a pending InMail is answered in time.`,
    more: { nextRenewal },
  }),
  'idempotency-key-reused': () => ({
    slug: 'idempotency-key-reused',
    detail: 'A key stands for one request: use a new one for another.',
  }),
  'already-responded': ({ inmailId }) => ({
    slug: 'already-responded',
    rule: 'R12',
    detail: 'An InMail is responded to once.',
    more: { inmailId },
  }),
  'not-found': () => NOT_FOUND,
};

export function problemOf<Why extends Refusal['why']>(refusal: Extract<Refusal, { why: Why }>): Problem {
  return PROBLEM_OF[refusal.why as Why](refusal);
}

/** Retrying after a second is soon enough, and late enough for a race of many to be over. */
const RETRY_AFTER_SECONDS = '1';

export function problemResponse({ slug, detail, rule, errors, more }: Problem) {
  const { status, title } = PROBLEMS[slug];
  const retry = slug === 'busy' ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  const challenge = slug === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {};
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', ...retry, ...challenge, ...PRIVATE_HEADERS },
    body: JSON.stringify({ type: `/problems/${slug}`, title, status, detail, rule, ...more, errors }),
  };
}
