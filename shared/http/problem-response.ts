/** Problems as responses, and the error that ends a request with one. */
import { type Fault, type Problem, problemDocument } from '../contract/problems.ts';
import { PRIVATE_HEADERS } from '../contract/security-headers.ts';

/** Ends a request with a problem, from anywhere in `http`. Use cases return refusals instead. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.slug);
    this.problem = problem;
  }
}

/** A few are enough to work on, because a body can have thousands. */
const MAX_FAULTS = 20;

export const invalidRequest = (faults: readonly Fault[]): ProblemError =>
  new ProblemError({ slug: 'invalid-request', errors: faults.slice(0, MAX_FAULTS) });

/** Even a race of many is over after a second. */
const RETRY_AFTER_SECONDS = '1';

export function problemResponse(problem: Problem) {
  const { slug } = problem;
  const document = problemDocument(problem);
  const retry = slug === 'busy' ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  const challenge = slug === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {};
  return {
    statusCode: document.status,
    headers: { 'content-type': 'application/problem+json', ...retry, ...challenge, ...PRIVATE_HEADERS },
    body: JSON.stringify(document),
  };
}
