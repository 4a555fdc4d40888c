/**
 * Where a list goes on. Opaque to callers: base64url of an HMAC-SHA-256 and of a little JSON, the position. The HMAC covers
 * who asked and for what as well, so a cursor is good for that caller and that list alone, and nobody can make one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod';
import type { RouteName } from '../contract/routes.ts';
import { cursorKey } from './cursor-key.ts';
import { ProblemError } from './problems.ts';

/** Whose list of what. The length of a page and its format are no part of it: they may change from page to page. */
export type CursorScope = { readonly list: RouteName; readonly callerId: string; readonly of: string };

const HMAC_BYTES = 32;

/** Undefined for the last page, which has no next one. */
export async function sealCursor(position: object | undefined, scope: CursorScope): Promise<string | undefined> {
  if (position === undefined) return undefined;
  const text = JSON.stringify(position);
  return Buffer.concat([await hmacOf(text, scope), Buffer.from(text)]).toString('base64url');
}

/** Undefined for the first page. Throws a ProblemError for what was not sealed so, in every character. */
export async function openCursor<Schema extends z.ZodType>(
  cursor: string | undefined,
  scope: CursorScope,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(HMAC_BYTES).toString();
  // Decoding is lenient: it passes over the bits of the last character that stand for nothing.
  const isWhole = bytes.length > HMAC_BYTES && bytes.toString('base64url') === cursor;
  if (!isWhole || !timingSafeEqual(bytes.subarray(0, HMAC_BYTES), await hmacOf(text, scope))) throw invalidCursor();
  // It was ours, but perhaps of a release that wrote positions differently.
  const { success, data } = schema.safeParse(JSON.parse(text));
  if (!success) throw invalidCursor();
  return data;
}

const invalidCursor = () => new ProblemError({ slug: 'invalid-cursor' });

/** As JSON, so that no two lists of parts are the same text. */
async function hmacOf(text: string, { list, callerId, of }: CursorScope): Promise<Buffer> {
  const hmac = createHmac('sha256', await cursorKey());
  return hmac.update(JSON.stringify([list, callerId, of, text])).digest();
}
