/** Responses that a client may keep. It can ask whether they still hold (RFC 9110, conditional requests). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HttpResponse } from './response.ts';

/** 128 bits of the hash are enough to tell one member's responses apart. */
const HEX_DIGITS = 32;

/**
 * Hashes everything except `asOf`, because that differs in every response. Credits are unchanged while balance, next
 * renewal and pending returns are. Each of these ends at an instant of its own, and the tag changes at that instant.
 * The tag is weak, because two responses that share it need not be the same bytes. No cache may keep the response
 * (`no-store`). A client that holds it in memory asks with its tag.
 */
export function tagged<Response extends HttpResponse>(response: Response): Response {
  const lasting = JSON.stringify(response.body, (key, value) => (key === 'asOf' ? undefined : value));
  return { ...response, headers: { ...response.headers, etag: weakTagOf(utf8ToBytes(lasting)) } };
}

/** Two contents with the same tag are the same to a client. */
export const weakTagOf = (content: Uint8Array): string => `W/"${bytesToHex(sha256(content)).slice(0, HEX_DIGITS)}"`;

/** Compares weakly, as If-None-Match does. Our tags have no comma in them, so a list splits at every comma. */
export function holds(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
