/** The request has percent signs that encode nothing, or text that is no UTF-8. */
export class UnreadableRequestError extends Error {
  override readonly name = 'UnreadableRequestError';
}

/** Throws an UnreadableRequestError for `%zz` and for text that is no UTF-8. */
export function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new UnreadableRequestError(`malformed percent-encoding: ${encoded}`);
  }
}
