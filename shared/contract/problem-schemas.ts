/** The problem documents as schemas, for the OpenAPI document and the tests. */
import * as z from 'zod';
import { MAX_INMAIL_ID } from '../domain/inmail.ts';
import { pascalCaseOf } from './pascal-case.ts';
import { PROBLEM_SLUGS, PROBLEMS, type ProblemRow, type ProblemSlug, problemType } from './problems.ts';
import { nextRenewal } from './shapes.ts';

const inmailId = z.string().max(MAX_INMAIL_ID);

const fault = z
  .strictObject({
    in: z.enum(['path', 'query', 'body']).describe('The part of the request.'),
    pointer: z.string().max(1_000).describe('An RFC 6901 pointer into that part. It is empty for the part as a whole.'),
    detail: z.string().max(1_000),
  })
  .meta({ id: 'Fault', description: 'One fault of a request, with its place.' });

/** The members that a problem has besides the usual ones. */
const MORE: { readonly [Slug in ProblemSlug]?: Readonly<Record<string, z.ZodType>> } = {
  'invalid-request': { errors: z.array(fault).max(20).optional() },
  'response-pending': { inmailId },
  'insufficient-credits': { nextRenewal },
  'already-responded': { inmailId },
};

/** `response-pending` → `ResponsePendingProblem`. */
const componentIdOf = (slug: ProblemSlug): string => `${pascalCaseOf(slug)}Problem`;

function schemaOf(slug: ProblemSlug) {
  const { title, status, means, lifts, rule }: ProblemRow = PROBLEMS[slug];
  return z
    .strictObject({
      type: z.literal(problemType(slug)),
      title: z.literal(title),
      status: z.literal(status),
      detail: z.string().max(1_000).optional(),
      ...(rule !== undefined && { rule: z.literal(rule).describe('The rule that refuses.') }),
      ...MORE[slug],
    })
    .meta({ id: componentIdOf(slug), description: `${means} ${lifts}` });
}

/** The body of every problem document. */
export const PROBLEM_SCHEMAS = Object.fromEntries(PROBLEM_SLUGS.map((slug) => [slug, schemaOf(slug)])) as Record<
  ProblemSlug,
  ReturnType<typeof schemaOf>
>;
