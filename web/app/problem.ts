/** The problems that a member may meet. They come from the API, or arise on the way to it. `explain.ts` words them. */
import type { components } from '../../client/api.ts';

type Schemas = components['schemas'];
type Documents = Extract<Schemas[keyof Schemas], { readonly type: `/problems/${string}` }>;
type WithSlug<Document> = Document extends { readonly type: `/problems/${infer Slug}` }
  ? Document & { readonly slug: Slug }
  : never;

/** A problem document of the API by its slug, a refusal of the gateway, an unreachable system, or a fault of this page. */
export type Problem =
  | WithSlug<Documents>
  | { readonly slug: 'too-many-requests' }
  | { readonly slug: 'unreachable' }
  | { readonly slug: 'page-fault' };

export type Slug = Problem['slug'];

/** Carries a problem to the part of the page that shows it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.slug);
    this.problem = problem;
  }
}

/** Turns a caught error into a problem. Any error but a RefusedError is a fault of this page, and is logged. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof RefusedError) return error.problem;
  console.error(error);
  return { slug: 'page-fault' };
}

/** A refusal of the gateway names no problem, so its status has to tell. */
export function problemIn(status: number, body: unknown): Problem {
  const { type } = (typeof body === 'object' && body !== null ? body : {}) as { type?: unknown };
  const slug = typeof type === 'string' ? /^\/problems\/([a-z-]+)$/.exec(type)?.[1] : undefined;
  if (slug !== undefined) return { ...(body as Documents), slug } as Problem;
  if (status === 401) return { ...UNAUTHENTICATED, slug: 'unauthenticated' };
  if (status === 403) return { ...FORBIDDEN, slug: 'forbidden' };
  if (status === 429) return { slug: 'too-many-requests' };
  return { ...INTERNAL_ERROR, slug: 'internal-error' };
}

const UNAUTHENTICATED = {
  type: '/problems/unauthenticated',
  title: 'A valid bearer token is needed',
  status: 401,
} as const satisfies Documents;

const FORBIDDEN = {
  type: '/problems/forbidden',
  title: 'The token lacks a scope',
  status: 403,
} as const satisfies Documents;

const INTERNAL_ERROR = {
  type: '/problems/internal-error',
  title: 'Something went wrong on our side',
  status: 500,
} as const satisfies Documents;
