/** An authorization code is valid once, for a minute, and only with its verifier (RFC 6749, RFC 7636). */
import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from './issuer.ts';

/** A token will name this member and these scopes. */
export type Member = { readonly memberId: string; readonly scopes: readonly Scope[] };

export type Request = { readonly clientId: string; readonly redirectUri: string; readonly challenge: string };
export type Claim = Omit<Request, 'challenge'> & { readonly code: string; readonly verifier: string };

const LIFETIME_MILLIS = 60_000;

export class Codes {
  readonly #nowMillis: () => number;
  readonly #open = new Map<string, Member & Request & { readonly endsAtMillis: number }>();

  constructor(nowMillis: () => number) {
    this.#nowMillis = nowMillis;
  }

  issue(member: Member, request: Request): string {
    const now = this.#nowMillis();
    for (const [code, { endsAtMillis }] of this.#open) if (endsAtMillis < now) this.#open.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.#open.set(code, { ...member, ...request, endsAtMillis: now + LIFETIME_MILLIS });
    return code;
  }

  /** Undefined for a code that is not valid. A wrong claim uses the code up, too. */
  redeem({ code, clientId, redirectUri, verifier }: Claim): Member | undefined {
    const issued = this.#open.get(code);
    this.#open.delete(code);
    if (!issued || issued.endsAtMillis < this.#nowMillis()) return undefined;
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (issued.clientId !== clientId || issued.redirectUri !== redirectUri) return undefined;
    if (issued.challenge !== challenge) return undefined;
    return { memberId: issued.memberId, scopes: issued.scopes };
  }
}
