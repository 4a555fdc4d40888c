/**
 * A cursor says how a list goes on. It is base64url of a SHA-256 and of a little JSON, the position. The hash covers
 * the caller and the list as well. So a changed cursor is refused, and so is one of another list or another caller. It
 * is no secret, because a client that makes a cursor of its own only reaches other places of its own list.
 */
import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { EndpointName } from '../contract/endpoints.ts';
import { ProblemError } from './problem-response.ts';

/**
 * The list and its caller. The length of a page of results and its format are no part of it, because they may change
 * from page to page.
 */
export type CursorScope = { readonly list: EndpointName; readonly callerId: string; readonly of: string };

const HASH_BYTES = 32;

/** Undefined for the last page of results, because it has no next one. */
export function sealCursor(position: object | undefined, scope: CursorScope): string | undefined {
  if (position === undefined) return undefined;
  const text = JSON.stringify(position);
  return Buffer.concat([hashOf(text, scope), Buffer.from(text)]).toString('base64url');
}

/** Undefined for the first page of results. Throws a ProblemError if any character is not as it was sealed. */
export function openCursor<Schema extends z.ZodType>(
  cursor: string | undefined,
  scope: CursorScope,
  schema: Schema,
): z.infer<Schema> | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(HASH_BYTES).toString();
  // The comparison is needed because decoding ignores the unused bits of the last character.
  const isWhole = bytes.length > HASH_BYTES && bytes.toString('base64url') === cursor;
  if (!isWhole || !bytes.subarray(0, HASH_BYTES).equals(hashOf(text, scope))) throw invalidCursor();
  // The cursor is ours, but an earlier release may have written its position differently.
  const { success, data } = schema.safeParse(JSON.parse(text));
  if (!success) throw invalidCursor();
  return data;
}

const invalidCursor = () => new ProblemError({ slug: 'invalid-cursor' });

/** The parts are joined as JSON, so that no two lists of parts give the same text. */
const hashOf = (text: string, { list, callerId, of }: CursorScope): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([list, callerId, of, text]))
    .digest();
