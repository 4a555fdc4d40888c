/**
 * The header `Idempotency-Key`. It is an RFC 8941 string, `"abc"`, or the same key bare, `abc` (IETF draft,
 * Idempotency-Key).
 */
import { ProblemError } from './problem-response.ts';

/** The characters of the keys clients make: UUIDs, base64, ids with dots or colons. */
const BARE_KEY = /^[A-Za-z0-9._~:+/=-]{1,255}$/;
const QUOTED_KEY = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;
/** Either form, for the contract. */
export const IDEMPOTENCY_KEY = new RegExp(`${BARE_KEY.source}|${QUOTED_KEY.source}`);

/** The key itself, without quotes. Throws a ProblemError if there is none. */
export function readIdempotencyKey(header: string | undefined): string {
  if (header === undefined || header === '') throw new ProblemError({ slug: 'idempotency-key-required' });
  const quoted = QUOTED_KEY.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1');
  const key = quoted ?? BARE_KEY.exec(header)?.[0];
  if (key === undefined) {
    throw new ProblemError({
      slug: 'idempotency-key-invalid',
      detail: 'One key of 1 to 255 characters, as "abc" or abc.',
    });
  }
  return key;
}
