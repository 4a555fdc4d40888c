/** The answer to a sign-in, as the address brings it back. The page believes it only if this tab asked for it. */
import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import type { Issuer } from './issuer.ts';

export type SignInAnswer =
  | { readonly kind: 'none' }
  /** The answer to a question that this tab did not ask. The page ignores what it says. */
  | { readonly kind: 'foreign' }
  /** `parameters` hold the code, and are what `redeem` takes. */
  | { readonly kind: 'code'; readonly parameters: URLSearchParams }
  | { readonly kind: 'refused'; readonly message: string };

/** `state` is what this tab sent along (RFC 6749, 10.12). It is undefined if the tab asked nothing. */
export function answerIn({ server, client }: Issuer, query: URLSearchParams, state: string | undefined): SignInAnswer {
  if (!query.has('code') && !query.has('error')) return { kind: 'none' };
  if (state === undefined) return { kind: 'foreign' };
  // `iss` tells several issuers apart (RFC 9207). This page has one, and does not know its name.
  const known = new URLSearchParams(query);
  known.delete('iss');
  try {
    const parameters = validateAuthResponse(server, client, known, state);
    return query.has('error') ? { kind: 'refused', message: REFUSED } : { kind: 'code', parameters };
  } catch (error) {
    // The library compares the state first, so that an error it reads is an answer to this tab.
    if (!(error instanceof AuthorizationResponseError)) return { kind: 'foreign' };
    return { kind: 'refused', message: WORDS.get(error.error) ?? REFUSED };
  }
}

const REFUSED = 'The sign-in was refused.';
const LATER = 'Signing in is not possible at the moment. Try again in a few minutes.';

/** Our words for the codes of RFC 6749, 4.1.2.1. The page never shows an `error_description`, because any link can carry one. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['access_denied', 'You did not sign in.'],
  ['server_error', LATER],
  ['temporarily_unavailable', LATER],
]);
