/** Where a list goes on. Opaque to callers: base64url of a little JSON, checked by the list's own schema. */
import type * as z from 'zod';
import { ProblemError } from './problems.ts';

export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws a ProblemError for what `writeCursor` did not write, or not for this list. */
export function readCursor<Schema extends z.ZodType>(cursor: string, schema: Schema): z.infer<Schema> {
  const invalid = new ProblemError({ slug: 'invalid-cursor' });
  try {
    const { success, data } = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (success) return data;
  } catch {
    throw invalid;
  }
  throw invalid;
}
