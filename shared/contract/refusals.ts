/** The domain's refusals as problems. The table is exhaustive, because a refusal without a row does not compile. */
import type { Refusal } from '../domain/refusal.ts';
import type { Problem, ProblemSlug } from './problems.ts';

type Why = Refusal['why'];
type ProblemOf<One extends Why> = (refusal: Extract<Refusal, { why: One }>) => Omit<Problem, 'slug'>;

/** A refusal has the slug of its name, except one that is a fault of the request's body. */
export const problemSlugOf = (why: Why): ProblemSlug => (why === 'no-such-plan' ? 'invalid-request' : why);

const PROBLEM_OF: { readonly [One in Why]: ProblemOf<One> } = {
  'no-such-plan': ({ plan, product }) => ({
    errors: [{ in: 'body', pointer: '/plan', detail: `${product} has no plan ${plan}` }],
  }),
  'self-inmail': () => ({}),
  'no-active-subscription': ({ product }) => ({
    detail: `The sender has no active subscription of ${product}. Subscribe to one of its plans.`,
  }),
  'already-connected': () => ({
    detail: 'You can message each other for free. An InMail would only cost a credit.',
  }),
  'response-pending': ({ inmailId }) => ({
    detail: 'You can send the next InMail once the recipient has responded to the earlier one.',
    more: { inmailId },
  }),
  'insufficient-credits': ({ product, nextRenewal }) => ({
    detail: `The ${product} wallet is empty until its next renewal at ${nextRenewal.at}, or until a pending InMail is answered in time.`,
    more: { nextRenewal },
  }),
  'idempotency-key-reused': () => ({
    detail: 'A key stands for one request. Use a new key for another request.',
  }),
  'already-responded': ({ inmailId }) => ({
    detail: 'An InMail gets one response.',
    more: { inmailId },
  }),
  'not-found': () => ({}),
};

export function problemOf<One extends Why>(refusal: Extract<Refusal, { why: One }>): Problem {
  return { slug: problemSlugOf(refusal.why), ...PROBLEM_OF[refusal.why as One](refusal) };
}
