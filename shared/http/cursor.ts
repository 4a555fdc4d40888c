/**
 * Where a list goes on: base64url of a SHA-256 and of a little JSON, the position. The hash covers the caller and the list as
 * well, so a cursor that was changed, or is used for another list or by another caller, is refused. It is no secret: a client
 * that makes a cursor of its own reaches other places of its own list, and nothing else.
 */
import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { EndpointName } from '../contract/endpoints.ts';
import { ProblemError } from './problem-response.ts';

/** Whose list of what. The length of a page and its format are no part of it: they may change from page to page. */
export type CursorScope = { readonly list: EndpointName; readonly callerId: string; readonly of: string };

const HASH_BYTES = 32;

/** Undefined for the last page, which has no next one. */
export function sealCursor(position: object | undefined, scope: CursorScope): string | undefined {
  if (position === undefined) return undefined;
  const text = JSON.stringify(position);
  return Buffer.concat([hashOf(text, scope), Buffer.from(text)]).toString('base64url');
}

/** Undefined for the first page. Throws a ProblemError for what was not sealed so, in every character. */
export function openCursor<Schema extends z.ZodType>(
  cursor: string | undefined,
  scope: CursorScope,
  schema: Schema,
): z.infer<Schema> | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(HASH_BYTES).toString();
  // Decoding is lenient: it passes over the bits of the last character that stand for nothing.
  const isWhole = bytes.length > HASH_BYTES && bytes.toString('base64url') === cursor;
  if (!isWhole || !bytes.subarray(0, HASH_BYTES).equals(hashOf(text, scope))) throw invalidCursor();
  // It was ours, but perhaps of a release that wrote positions differently.
  const { success, data } = schema.safeParse(JSON.parse(text));
  if (!success) throw invalidCursor();
  return data;
}

const invalidCursor = () => new ProblemError({ slug: 'invalid-cursor' });

/** As JSON, so that no two lists of parts are the same text. */
const hashOf = (text: string, { list, callerId, of }: CursorScope): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([list, callerId, of, text]))
    .digest();
