/** Reads what the page needs to know from an access token. Only the API checks whether the token is genuine. */
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Scope } from './context.ts';

export type Identity = {
  readonly memberId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** By the issuer's clock. A local system's clock does not apply. */
  readonly endsAt: Instant;
};

/** Cognito writes the name of the resource server before that of the scope. */
const OURS = { 'inmail-credits/billing': 'billing', 'inmail-credits/support': 'support' } as const;

/** Throws if the token is no JWT, or names no member. */
export function identityIn(accessToken: string): Identity {
  const [, payload = ''] = accessToken.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const { sub, scope, exp } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  if (typeof sub !== 'string' || typeof exp !== 'number') throw new Error('the token names no member');
  const granted = typeof scope === 'string' ? scope.split(' ') : [];
  const scopes = granted.flatMap((name) => (Object.hasOwn(OURS, name) ? [OURS[name as keyof typeof OURS]] : []));
  return { memberId: sub, scopes: new Set(scopes), endsAt: instant(exp * 1_000) };
}
