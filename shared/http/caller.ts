/** The caller and their rights, from the claims that the gateway's JWT authorizer has verified. */

import type { Access } from '../contract/endpoint.ts';
import { SCOPE_PREFIX } from '../contract/scopes.ts';
import { isMemberId } from '../domain/member-id.ts';

export type Caller = { readonly memberId: string; readonly scopes: ReadonlySet<string> };

/** Undefined if the claims are not those of a member's access token. */
export function callerFrom(claims: Readonly<Record<string, unknown>> | undefined): Caller | undefined {
  const { sub, scope, token_use } = claims ?? {};
  if (typeof sub !== 'string' || !isMemberId(sub)) return undefined;
  // The gateway lets no ID token pass, because such a token has no scope. This is the second lock.
  if (token_use !== 'access') return undefined;
  // A list comes as the text `[a b]`. Scopes are one text in our tokens, so a list grants nothing.
  const granted = typeof scope === 'string' && !scope.startsWith('[') ? scope.split(' ') : [];
  const ours = granted.filter((name) => name.startsWith(SCOPE_PREFIX)).map((name) => name.slice(SCOPE_PREFIX.length));
  return { memberId: sub, scopes: new Set(ours) };
}

/**
 * Another member's books are not found rather than forbidden, so that the response does not tell whether they exist.
 */
export function verdictOn(
  { memberId, scopes }: Caller,
  access: Access,
  pathMemberId: string | undefined,
): 'allowed' | 'forbidden' | 'not-found' {
  switch (access) {
    case 'member':
      return 'allowed';
    case 'billing':
      return scopes.has('billing') ? 'allowed' : 'forbidden';
    case 'books':
      return pathMemberId === memberId || scopes.has('support') || scopes.has('billing') ? 'allowed' : 'not-found';
  }
}
