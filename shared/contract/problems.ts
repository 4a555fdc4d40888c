/**
 * Every problem that the API responds with (RFC 9457). Each row gives the response, the OpenAPI document, and the page
 * `/problems/<slug>` that its `type` leads to.
 */

export type ProblemRow = {
  readonly status: number;
  readonly title: string;
  readonly means: string;
  /** The caller's way out of it. */
  readonly lifts: string;
  /** The rule that refuses. */
  readonly rule?: string;
};

export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: 'The request is not as the API expects it',
    means: 'A part of the request has a field that is missing, unknown or not as described.',
    lifts: 'Correct the fields that `errors` names. Without `errors`, `detail` says what is wrong.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    means: 'The body is not one JSON document in UTF-8.',
    lifts: 'Send one JSON document.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'The header Idempotency-Key is missing',
    means: 'A send carries a key, because then it is safe to send it again.',
    lifts: 'Add an `Idempotency-Key` header. Use a new key for a new request, and the same key to try again.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The header Idempotency-Key is not a key',
    means: 'The `Idempotency-Key` is not one key of 1 to 255 characters, as `"abc"` or `abc`.',
    lifts: 'Use another key, such as a UUID.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'Invalid cursor',
    means: 'The `cursor` does not come from this list, or it was given to another caller.',
    lifts: 'Start with the first page, without a cursor.',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid bearer token is needed',
    means: 'There is no token, more than one token, or an invalid one. On AWS the gateway uses its own words.',
    lifts: "Send a member's access token as `Authorization: Bearer …`.",
  },
  forbidden: {
    status: 403,
    title: 'The token lacks a scope',
    means: 'The token lacks the scope that the operation asks for.',
    lifts: 'Use a token with that scope.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    means: 'It does not exist, or it is not yours. The response does not tell which.',
    lifts: 'Check the id, or your access.',
  },
  'no-active-subscription': {
    status: 409,
    title: 'No active subscription of that product',
    means: 'The sender has no active subscription of the product that the InMail is sent from.',
    lifts: 'Subscribe to one of its plans.',
    rule: 'R8',
  },
  'already-connected': {
    status: 409,
    title: 'You are connected and can message each other for free',
    means: 'Sender and recipient are 1st-degree connections.',
    lifts: 'There is nothing to do, because connections message each other for free.',
    rule: 'R14',
  },
  'response-pending': {
    status: 409,
    title: 'The recipient has not responded yet',
    means: 'An earlier InMail to this recipient, `inmailId`, has no response yet.',
    lifts: 'Wait for the recipient to respond to that InMail. It does not help to hide it or to wait until it expires.',
    rule: 'R9',
  },
  'insufficient-credits': {
    status: 409,
    title: 'No credit left',
    means: 'The wallet is empty.',
    lifts: 'Wait for `nextRenewal`, or for a response in time to a pending InMail.',
    rule: 'R7',
  },
  'already-responded': {
    status: 409,
    title: 'The InMail already has a response',
    means: 'The InMail `inmailId` already has a different response.',
    lifts: 'There is nothing to do, because an InMail gets one response. The same response again gets a 200.',
    rule: 'R12',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    means: 'The body has more bytes than `detail` says.',
    lifts: 'Send a shorter body.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body must be application/json',
    means: 'The content type of the body is not JSON.',
    lifts: 'Send `Content-Type: application/json`.',
  },
  'self-inmail': {
    status: 422,
    title: 'You cannot send an InMail to yourself',
    means: 'Sender and recipient are the same member.',
    lifts: 'Choose another recipient.',
    rule: 'R8',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    means: 'The key belongs to another request to this recipient.',
    lifts: 'Use a new key for a new request.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    means: 'The fault is ours. We do not know whether anything was written.',
    lifts: 'Retry the same request later, and a send under the same key. The response then tells what happened.',
  },
  busy: {
    status: 503,
    title: 'Temporarily unavailable. Retry the same request',
    means:
      'Too many requests wrote to the same wallet at once, or a table was slow. We do not know whether anything was written.',
    lifts: 'Retry the same request after `Retry-After` seconds, and a send under the same key.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemSlug = keyof typeof PROBLEMS;
export const PROBLEM_SLUGS = Object.keys(PROBLEMS) as ProblemSlug[];

/** `in` is the part of the request. `pointer` is an RFC 6901 pointer into it. */
export type Fault = { readonly in: string; readonly pointer: string; readonly detail: string };

export type Problem = {
  readonly slug: ProblemSlug;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  /** Facts that help the caller: `inmailId`, `nextRenewal`. */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** The path that a problem's `type` names. */
export const problemType = (slug: ProblemSlug): string => `/problems/${slug}`;

/** The body of the response. A member without a value is left out by JSON. */
export function problemDocument({ slug, detail, errors, more }: Problem) {
  const { status, title, rule }: ProblemRow = PROBLEMS[slug];
  return { type: problemType(slug), title, status, detail, rule, ...more, errors };
}
