/** What each route answers, in words and schemas. What it takes stands in its function, as `request`. */
import * as z from 'zod';
import type { ProblemSlug } from '../http/problems.ts';
import type { RequestParts } from '../http/request.ts';
import type { Access, RouteName } from './routes.ts';
import * as shapes from './shapes.ts';

export const TAGS = [
  { name: 'Plans', description: 'What members can subscribe to.' },
  {
    name: 'Subscriptions',
    description: 'For the billing desk: a subscription starts a wallet, a change or an end a new term.',
  },
  { name: 'Connections', description: 'For the billing desk: who messages whom for free (R14).' },
  {
    name: 'Credits',
    description: 'What a member has, and why: every entry of the ledger can be verified by its hash.',
  },
  { name: 'InMails', description: 'Sending for a credit, and responding, which gives it back.' },
  { name: 'Contract', description: 'This document. No token needed.' },
] as const;

/** What an answer is; no content where the status says so. */
export type Success = {
  readonly description: string;
  readonly content?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: readonly ResponseHeader[];
  readonly links?: Links;
};

/** What one may call next: where its parameters are to be found, as OpenAPI's runtime expressions. */
type Links = Readonly<Partial<Record<RouteName, Readonly<Record<string, string>>>>>;

export type Operation = {
  readonly tag: (typeof TAGS)[number]['name'];
  readonly description: string;
  readonly successes: Readonly<Partial<Record<200 | 201 | 204, Success>>>;
  /** The refusals of the use case; those of the request follow from what it takes (`problemsOf`). */
  readonly refusals?: readonly ProblemSlug[];
  /** Answers carry an `ETag`, and 304 to who has it already. */
  readonly conditional?: true;
};

type HeaderDoc = {
  readonly description: string;
  readonly required?: true;
  readonly schema: { readonly type: 'string'; readonly maxLength?: number; readonly pattern?: string };
};

/** The response headers that mean something here, besides the content's own. */
export const RESPONSE_HEADERS = {
  Location: { description: 'Where the InMail is.', required: true, schema: { type: 'string', maxLength: 800 } },
  'Idempotency-Replayed': {
    description: 'There where the key was used before, and this is the first answer again.',
    schema: { type: 'string', pattern: '^true$' },
  },
  Link: {
    description: 'The next page of a CSV statement, `rel="next"` (RFC 8288).',
    schema: { type: 'string', maxLength: 1_000 },
  },
  'Content-Disposition': {
    description: 'The name of the file, of a CSV statement.',
    schema: { type: 'string', maxLength: 200 },
  },
  ETag: {
    description: 'Stands for this very answer: to be given back as `If-None-Match`.',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  },
  'Retry-After': {
    description: 'Seconds after which to try again.',
    required: true,
    schema: { type: 'string', pattern: '^[0-9]{1,4}$' },
  },
  'WWW-Authenticate': { description: 'How to show who calls.', schema: { type: 'string', maxLength: 200 } },
} as const satisfies Readonly<Record<string, HeaderDoc>>;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

const json = (
  description: string,
  schema: z.ZodType,
  { headers = [], links = {} }: Pick<Success, 'headers' | 'links'> = {},
): Success => ({ description, content: { 'application/json': schema }, headers, links });

const asked = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `$request.path.${name}`]));
const ofWallet = asked('memberId', 'product');
const ofSent = { inmailId: '$response.body#/inmail/inmailId' };
const nextPage = { cursor: '$response.body#/nextCursor' };

const gone = (description: string, links: Links = {}): Success => ({ description, links });

const csv = z.string().max(1_000_000).meta({
  description:
    'RFC 4180, with a header line. Without `limit` all entries, up to 1,000: where there are more, a last line that begins with `#` says how many are left out, and `Link` says where to go on. A text that a spreadsheet would run or rewrite (`-2-3`, `=A1`, `007`, `1E5`) has an apostrophe ahead: take one leading apostrophe off a field, and you have what was meant.',
});
const page = z.string().max(1_000_000).meta({ description: 'HTML.' });

export const OPERATIONS: Readonly<Record<RouteName, Operation>> = {
  'list-plans': {
    tag: 'Plans',
    description: 'Each plan with what it grants today.',
    successes: { 200: json('The catalogue.', shapes.planList) },
  },
  'put-subscription': {
    tag: 'Subscriptions',
    description:
      'Subscribing grants the allotment at once (R1). Changing plan forfeits the balance and grants the new allotment (R10). The plan one has already changes nothing.',
    successes: {
      200: json('The wallet, as it is now.', shapes.credits, {
        links: {
          'list-credits': asked('memberId'),
          'get-credits': ofWallet,
          'list-ledger': ofWallet,
          'cancel-subscription': ofWallet,
        },
      }),
    },
  },
  'cancel-subscription': {
    tag: 'Subscriptions',
    description: 'The wallet and its ledger stay. Cancelling twice changes nothing.',
    successes: { 204: gone('Cancelled.') },
    refusals: ['not-found'],
  },
  'put-connection': {
    tag: 'Connections',
    description: 'From now on an InMail between the two is refused. Connecting twice changes nothing.',
    successes: { 204: gone('Connected.', { 'delete-connection': asked('memberId', 'otherId') }) },
  },
  'delete-connection': {
    tag: 'Connections',
    description: 'InMails between the two are possible again.',
    successes: { 204: gone('Connected no longer.') },
  },
  'list-credits': {
    tag: 'Credits',
    description: 'As they are, were or will be if nothing else happens.',
    successes: { 200: json('The credits of every product.', shapes.creditsList) },
    conditional: true,
  },
  'get-credits': {
    tag: 'Credits',
    description: 'As they are, were or will be if nothing else happens. Not found before the first subscription.',
    successes: { 200: json('The credits of the product.', shapes.credits) },
    refusals: ['not-found'],
    conditional: true,
  },
  'list-ledger': {
    tag: 'Credits',
    description: 'Renewals that are due stand in it already, just as they will be written (R6).',
    successes: {
      200: {
        description: 'A page of the ledger.',
        content: { 'application/json': shapes.entryList, 'text/csv': csv },
        headers: ['Link', 'Content-Disposition'],
        links: { 'list-ledger': { ...ofWallet, ...nextPage } },
      },
    },
    refusals: ['not-found'],
  },
  'send-inmail': {
    tag: 'InMails',
    description:
      'The refusals are looked for in the order of R8. The same request under the same key is the same InMail, and answered as the first time.',
    successes: {
      201: json('The InMail, and the credits left.', shapes.sent, {
        headers: ['Location', 'Idempotency-Replayed'],
        links: { 'get-inmail': ofSent, 'respond-to-inmail': ofSent, 'hide-inmail': ofSent },
      }),
    },
    refusals: [
      'self-inmail',
      'no-active-subscription',
      'already-connected',
      'response-pending',
      'insufficient-credits',
      'idempotency-key-reused',
    ],
  },
  'list-inmails': {
    tag: 'InMails',
    description:
      'Newest first, without those the caller has hidden. Where many are hidden a page is short, or empty, and the next one goes on.',
    successes: {
      200: json('A page of the box.', shapes.inmailList, {
        links: { 'list-inmails': { box: '$request.query.box', ...nextPage } },
      }),
    },
  },
  'get-inmail': {
    tag: 'InMails',
    description: 'A hidden one can still be asked for.',
    successes: { 200: json('The InMail.', shapes.inmail) },
    refusals: ['not-found'],
  },
  'respond-to-inmail': {
    tag: 'InMails',
    description: 'By its recipient. The same response again changes nothing; another one is refused.',
    successes: { 200: json('The InMail with its response, and what became of the credit.', shapes.answered) },
    refusals: ['not-found', 'already-responded'],
  },
  'hide-inmail': {
    tag: 'InMails',
    description: 'It frees no pair (R9), can still be read by id, and can still be responded to.',
    successes: { 204: gone('Hidden.') },
    refusals: ['not-found'],
  },
  'get-openapi': {
    tag: 'Contract',
    description: 'OpenAPI 3.1.',
    successes: { 200: json('The document.', shapes.openapiDocument) },
    conditional: true,
  },
  'get-docs': {
    tag: 'Contract',
    description: 'Made from the document alone; without a script.',
    successes: { 200: { description: 'The page.', content: { 'text/html': page } } },
    conditional: true,
  },
};

/** Every problem a route may answer: what its token, its request and its use case can be refused for, and our own faults. */
export function problemsOf(access: Access, parts: RequestParts, { refusals = [] }: Operation): ProblemSlug[] {
  if (access === 'public') return [];
  const hasCursor = parts.query instanceof z.ZodObject && 'cursor' in parts.query.shape;
  const all: (ProblemSlug | false)[] = [
    'invalid-request',
    hasCursor && 'invalid-cursor',
    'unauthenticated',
    access === 'billing' && 'forbidden',
    access === 'books' && 'not-found',
    ...(parts.body ? (['malformed-json', 'payload-too-large', 'unsupported-media-type'] as const) : []),
    ...(parts.idempotencyKey ? (['idempotency-key-required', 'idempotency-key-invalid'] as const) : []),
    ...refusals,
    'internal-error',
    'busy',
  ];
  return [...new Set(all.filter((slug) => slug !== false))];
}
