/** Answers that a client may keep, and ask whether they still hold (RFC 9110, conditional requests). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { HttpResponse } from './response.ts';

/** 128 bits of the hash: enough to tell one member's answers apart. */
const HEX_DIGITS = 32;

/**
 * Of credits, all but `asOf`, which is another in every answer: what a member has is unchanged while balance, next renewal and
 * pending returns are. Each of these says by itself when it ends, and a tag changes with the instant at which one does. It
 * is a weak tag, for two answers that share it need not be the same bytes. No cache may keep the answer (`no-store`); a client
 * that has it in memory asks with its tag.
 */
export function tagged<Response extends HttpResponse>(response: Response): Response {
  const lasting = JSON.stringify(response.body, (key, value) => (key === 'asOf' ? undefined : value));
  return { ...response, headers: { ...response.headers, etag: weakTagOf(utf8ToBytes(lasting)) } };
}

/** Two contents with the same tag are the same to a client. */
export const weakTagOf = (content: Uint8Array): string => `W/"${bytesToHex(sha256(content)).slice(0, HEX_DIGITS)}"`;

/** Compares weakly, as If-None-Match does. Tags of ours have no comma in them, so a list may be cut at every one. */
export function holds(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
