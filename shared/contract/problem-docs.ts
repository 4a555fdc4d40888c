/** What each problem means and what lifts it, for whoever reads the contract; and the members it has besides the usual. */
import * as z from 'zod';
import { PROBLEMS, type ProblemSlug } from '../http/problems.ts';
import { nextRenewal } from './shapes.ts';

type ProblemDoc = {
  readonly means: string;
  readonly lifts: string;
  /** The rule that refuses. */
  readonly rule?: string;
  readonly more?: Readonly<Record<string, z.ZodType>>;
};

const inmailId = z.string().max(140);

const fault = z
  .strictObject({
    in: z.enum(['path', 'query', 'body']).describe('The part of the request.'),
    pointer: z.string().max(1_000).describe('RFC 6901, into that part; empty for the part as a whole.'),
    detail: z.string().max(1_000),
  })
  .meta({ id: 'Fault', description: 'One thing that is wrong with a request, and where.' });

const PROBLEM_DOCS = {
  'invalid-request': {
    means: 'A part of the request has a field that is missing, unknown or not as described.',
    lifts: 'Putting right what `errors` names; where there are none, `detail` says it.',
    more: { errors: z.array(fault).max(20).optional() },
  },
  'malformed-json': { means: 'The body is not one JSON document in UTF-8.', lifts: 'Sending one.' },
  'idempotency-key-required': {
    means: 'A send names itself, so that sending it again is safe.',
    lifts: 'An `Idempotency-Key` header: a new one for a new request, the same one to try again.',
  },
  'idempotency-key-invalid': {
    means: 'The `Idempotency-Key` is not one key of 1 to 255 characters, as `"abc"` or `abc`.',
    lifts: 'Another key, such as a UUID.',
  },
  'invalid-cursor': {
    means: 'The `cursor` was not given out by this list, or not to this caller.',
    lifts: 'Beginning with the first page, without a cursor.',
  },
  unauthenticated: {
    means: 'No token, more than one, or one that does not hold. On AWS the gateway says so in its own words.',
    lifts: "A member's access token as `Authorization: Bearer …`.",
  },
  forbidden: { means: 'The token lacks the scope that the operation asks for.', lifts: 'A token with that scope.' },
  'not-found': {
    means: "There is no such thing, or it is not the caller's: nobody can tell which.",
    lifts: 'Asking for what is there.',
  },
  'no-active-subscription': {
    means: 'The sender has no active subscription of the product the InMail is sent from.',
    lifts: 'Subscribing to a plan of it.',
    rule: 'R8',
  },
  'already-connected': {
    means: 'The two are 1st-degree connections.',
    lifts: 'Nothing has to: connections message each other for free.',
    rule: 'R14',
  },
  'response-pending': {
    means: 'An earlier InMail to this recipient, `inmailId`, has no response yet.',
    lifts: 'A response of the recipient to it, and nothing else; not expiry, not hiding it.',
    rule: 'R9',
    more: { inmailId },
  },
  'insufficient-credits': {
    means: 'The wallet is empty.',
    lifts: '`nextRenewal`, or a response in time to an InMail that is pending.',
    rule: 'R7',
    more: { nextRenewal },
  },
  'already-responded': {
    means: 'The InMail `inmailId` has a response, and a different one.',
    lifts: 'Nothing: an InMail is responded to once. The same response again answers 200.',
    rule: 'R12',
    more: { inmailId },
  },
  'payload-too-large': { means: 'The body has more bytes than `detail` says.', lifts: 'A shorter body.' },
  'unsupported-media-type': { means: 'The body is not said to be JSON.', lifts: '`Content-Type: application/json`.' },
  'self-inmail': { means: 'Sender and recipient are one.', lifts: 'Another recipient.', rule: 'R8' },
  'idempotency-key-reused': {
    means: 'The key stands for another request to this recipient.',
    lifts: 'A new key for the new request.',
  },
  'internal-error': {
    means: 'A fault of ours. Whether anything was written is unknown.',
    lifts: 'The same request later, a send under the same key: it then tells the truth.',
  },
  busy: {
    means: 'Too many wrote the same wallet at once, or a table was slow. Whether anything was written is unknown.',
    lifts: 'The same request after `Retry-After` seconds, a send under the same key: it then tells the truth.',
  },
} as const satisfies Record<ProblemSlug, ProblemDoc>;

/** `response-pending` → `ResponsePendingProblem`. */
const componentIdOf = (slug: ProblemSlug): string =>
  `${slug.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Problem`;

function schemaOf(slug: ProblemSlug) {
  const { title, status } = PROBLEMS[slug];
  const { means, lifts, rule, more }: ProblemDoc = PROBLEM_DOCS[slug];
  return z
    .strictObject({
      type: z.literal(`/problems/${slug}`),
      title: z.literal(title),
      status: z.literal(status),
      detail: z.string().max(1_000).optional(),
      ...(rule !== undefined && { rule: z.literal(rule).describe('The rule that refuses.') }),
      ...more,
    })
    .meta({ id: componentIdOf(slug), description: `${means} What lifts it: ${lifts}` });
}

const SLUGS = Object.keys(PROBLEMS) as ProblemSlug[];

/** The body of every problem document. */
export const PROBLEM_SCHEMAS = Object.fromEntries(SLUGS.map((slug) => [slug, schemaOf(slug)])) as Record<
  ProblemSlug,
  ReturnType<typeof schemaOf>
>;
