/** An instant in the reader's time zone, which it names. Its tooltip has the UTC time of the books. */
import { instantInUtc, instantInWords } from '../words/instants.ts';

export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={instantInUtc(at)}>
      {instantInWords(at)}
    </time>
  );
}
