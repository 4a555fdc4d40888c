/** Far longer than any path to a field of ours: only names that nobody asked for make longer ones. */
const MAX_LENGTH = 200;

/** RFC 6901. One that would be too long ends early, at what holds the rest of it. */
export function pointerTo(path: readonly PropertyKey[]): string {
  let pointer = '';
  for (const step of path) {
    const further = `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (further.length > MAX_LENGTH) break;
    pointer = further;
  }
  return pointer;
}
