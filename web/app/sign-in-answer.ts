/** What the address says after the way to the issuer and back: believed only where it is the answer to this tab's own question. */

export type SignInAnswer =
  | { readonly kind: 'none' }
  /** An answer to somebody else's question. What it says is not looked at. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly message: string };

/** `state` is what this tab sent along (RFC 6749, 10.12), undefined where it asked nothing. */
export function answerIn(query: URLSearchParams, state: string | undefined): SignInAnswer {
  const [code, error] = [query.get('code'), query.get('error')];
  if (code === null && error === null) return { kind: 'none' };
  if (state === undefined || query.get('state') !== state) return { kind: 'foreign' };
  return code !== null && error === null ? { kind: 'code', code } : { kind: 'refused', message: wordsFor(error) };
}

const LATER = 'Signing in is not possible at the moment. Try again in a few minutes.';

/** Our words for the codes of RFC 6749, 4.1.2.1. What an `error_description` says is never shown: anybody can write one. */
const WORDS: ReadonlyMap<string | null, string> = new Map([
  ['access_denied', 'You did not sign in.'],
  ['server_error', LATER],
  ['temporarily_unavailable', LATER],
]);

const wordsFor = (error: string | null): string => WORDS.get(error) ?? 'The sign-in was refused.';
