/** The response headers that have a meaning here, besides the content's own. */

type HeaderDoc = {
  readonly description: string;
  readonly required?: true;
  readonly schema: { readonly type: 'string'; readonly maxLength?: number; readonly pattern?: string };
};

export const RESPONSE_HEADERS = {
  Location: { description: 'The address of the InMail.', required: true, schema: { type: 'string', maxLength: 800 } },
  'Idempotency-Replayed': {
    description: 'Present if the key was used before, and this is the first response again.',
    schema: { type: 'string', pattern: '^true$' },
  },
  Link: {
    description: 'The next file of a CSV statement, `rel="next"` (RFC 8288).',
    schema: { type: 'string', maxLength: 1_000 },
  },
  'Content-Disposition': {
    description: 'The file name of a CSV statement.',
    schema: { type: 'string', maxLength: 200 },
  },
  ETag: {
    description: 'A tag of this response. Send it back as `If-None-Match`.',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  },
  'Retry-After': {
    description: 'Try again after so many seconds.',
    required: true,
    schema: { type: 'string', pattern: '^[0-9]{1,4}$' },
  },
  'WWW-Authenticate': { description: 'The way to authenticate.', schema: { type: 'string', maxLength: 200 } },
} as const satisfies Readonly<Record<string, HeaderDoc>>;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;
