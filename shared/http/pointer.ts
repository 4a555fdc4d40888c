/** Far longer than any path to a field of ours. Only unknown fields make longer ones. */
const MAX_LENGTH = 200;

/** RFC 6901. A pointer that would be too long ends early, at a parent of the field. */
export function pointerTo(path: readonly PropertyKey[]): string {
  let pointer = '';
  for (const step of path) {
    const further = `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (further.length > MAX_LENGTH) break;
    pointer = further;
  }
  return pointer;
}
