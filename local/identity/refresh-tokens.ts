/** A refresh token is valid for one renewal. All tokens of a sign-in end with its first one (RFC 9700, 4.14). */
import { randomBytes } from 'node:crypto';
import { type Lifetimes, ROTATION_GRACE_SECONDS } from '../../shared/contract/sign-in-lifetimes.ts';
import type { Member } from './codes.ts';

export type Granted = { readonly member: Member; readonly refreshToken: string };

/** All tokens that follow from one sign-in. */
type SignIn = { readonly member: Member; readonly clientId: string; readonly endsAtMillis: number };

/** `goodUntilMillis` is the end of the sign-in. After a use it is only a grace period away. */
type Token = { readonly signIn: SignIn; readonly goodUntilMillis: number };

export class RefreshTokens {
  readonly #nowMillis: () => number;
  readonly #tokens = new Map<string, Token>();

  constructor(nowMillis: () => number) {
    this.#nowMillis = nowMillis;
  }

  /** Undefined without a member. */
  begin(member: Member | undefined, clientId: string, { refreshTokenMinutes }: Lifetimes): Granted | undefined {
    if (!member) return undefined;
    const endsAtMillis = this.#nowMillis() + refreshTokenMinutes * 60_000;
    return this.#issue({ member, clientId, endsAtMillis });
  }

  /** Undefined for a token that is not valid. */
  renew(refreshToken: string, clientId: string): Granted | undefined {
    const token = this.#tokens.get(refreshToken);
    const now = this.#nowMillis();
    if (!token || token.goodUntilMillis < now || token.signIn.clientId !== clientId) return undefined;
    const goodUntilMillis = Math.min(token.goodUntilMillis, now + ROTATION_GRACE_SECONDS * 1_000);
    this.#tokens.set(refreshToken, { ...token, goodUntilMillis });
    return this.#issue(token.signIn);
  }

  /** Ends the whole sign-in of a token. */
  revoke(refreshToken: string): void {
    const revoked = this.#tokens.get(refreshToken)?.signIn;
    for (const [token, { signIn }] of this.#tokens) if (signIn === revoked) this.#tokens.delete(token);
  }

  #issue(signIn: SignIn): Granted {
    const now = this.#nowMillis();
    for (const [token, { goodUntilMillis }] of this.#tokens) if (goodUntilMillis < now) this.#tokens.delete(token);
    const refreshToken = randomBytes(32).toString('base64url');
    this.#tokens.set(refreshToken, { signIn, goodUntilMillis: signIn.endsAtMillis });
    return { member: signIn.member, refreshToken };
  }
}
