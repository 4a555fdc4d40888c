/** The request cannot be read: percent signs that encode nothing, or text that is not UTF-8. */
export class UnreadableRequestError extends Error {
  override readonly name = 'UnreadableRequestError';
}

/** Throws an UnreadableRequestError for `%zz`, and for what is no UTF-8. */
export function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new UnreadableRequestError(`malformed percent-encoding: ${encoded}`);
  }
}
