/** An instant, in the reader's time zone, which it names; in UTC, as the books have it, for who asks. */
import { instantInUtc, instantInWords } from '../words/instants.ts';

export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={instantInUtc(at)}>
      {instantInWords(at)}
    </time>
  );
}
