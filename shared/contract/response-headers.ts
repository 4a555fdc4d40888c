/** The response headers that mean something here, besides the content's own. */

type HeaderDoc = {
  readonly description: string;
  readonly required?: true;
  readonly schema: { readonly type: 'string'; readonly maxLength?: number; readonly pattern?: string };
};

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
