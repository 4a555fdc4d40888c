/**
 * The key of all cursors, as `runtime.ts` for everything else. On AWS it is what KMS makes of a fixed text with a key that
 * never leaves it: every container works out the same 32 bytes, and no secret stands in an environment or a table.
 */
import * as z from 'zod';
import { meaningOf } from '../store/failures.ts';
import { kmsMac, type Mac } from './kms-mac.ts';

/** Of the two functions that page. */
const cursorEnvironmentSchema = z.object({ CURSOR_KEY_ID: z.string().min(1) });
export type CursorEnvironment = z.infer<typeof cursorEnvironmentSchema>;

/** Another text is another key: a new number here ends all open cursors. */
const CONTEXT = 'inmail-credits cursor v1';

let current: (() => Promise<Uint8Array>) | undefined;

/** Asked for when a cursor is read or written, and not before: most pages need none, and no call to KMS. */
export function cursorKey(): Promise<Uint8Array> {
  current ??= lambdaCursorKey(process.env);
  return current();
}

/** Lets the local server and the tests seal with a key of their own. */
export function provideCursorKey(key: () => Promise<Uint8Array>): void {
  current = key;
}

function lambdaCursorKey(variables: Record<string, string | undefined>): () => Promise<Uint8Array> {
  const { success, data, error } = cursorEnvironmentSchema.safeParse(variables);
  if (!success) throw new Error(`environment: ${z.prettifyError(error)}`);
  return derivedKey(kmsMac(data.CURSOR_KEY_ID));
}

/** Works it out at the first call; those who come meanwhile wait for the same. After a failure the next call tries again. */
export function derivedKey(mac: Mac): () => Promise<Uint8Array> {
  let key: Promise<Uint8Array> | undefined;
  return () => {
    key ??= mac(CONTEXT).catch((error: unknown) => {
      key = undefined;
      throw meaningOf(error);
    });
    return key;
  };
}
