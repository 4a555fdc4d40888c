/** The tokens of a session, in this module's memory and nowhere else, renewed silently before they end. */
import { problemIn, RefusedError } from './problem.ts';

export type Grant = {
  readonly access_token: string;
  readonly expires_in: number;
  /** Another one after each renewal. */
  readonly refresh_token?: string;
};

export type Issuer = {
  /** Undefined where the issuer refused: there is nothing more to be had for this token. Throws where nobody answered. */
  readonly renew: (refreshToken: string) => Promise<Grant | undefined>;
  readonly revoke: (refreshToken: string) => void;
};

export type Tokens = {
  /** Good for a minute at least, wherever there is a way to a new one. Throws a RefusedError after `end`. */
  readonly current: () => Promise<string>;
  /** Forgets and revokes. */
  readonly end: () => void;
};

const RENEW_AHEAD_MILLIS = 60_000;

/** By `nowMillis` a token's time is measured from when it came: this machine's clock may be minutes off the issuer's. */
export function keepTokens(first: Grant, { renew, revoke }: Issuer, nowMillis: () => number): Tokens {
  let grant: Grant | undefined = first;
  let renewAtMillis = renewalOf(first, nowMillis());
  let renewal: Promise<void> | undefined;

  const renewWith = async (used: string) => {
    const next = await renew(used).catch(() => 'unanswered' as const);
    renewal = undefined;
    // The old token stays, and is good for a while. The next call asks again.
    if (next === 'unanswered') return;
    // Signed out meanwhile: what comes too late must not stay good.
    if (!grant) return revokeIn(next);
    if (next) {
      // An issuer that does not rotate names no new one, and the old one stays good.
      grant = { refresh_token: used, ...next };
      renewAtMillis = renewalOf(next, nowMillis());
    } else {
      grant = { access_token: grant.access_token, expires_in: grant.expires_in };
    }
  };
  const revokeIn = (ended: Grant | undefined) => {
    if (ended?.refresh_token !== undefined) revoke(ended.refresh_token);
  };

  return {
    current: async () => {
      if (grant?.refresh_token !== undefined && nowMillis() >= renewAtMillis) {
        renewal ??= renewWith(grant.refresh_token);
        await renewal;
      }
      if (!grant) throw new RefusedError(problemIn(401, undefined));
      return grant.access_token;
    },
    end: () => {
      revokeIn(grant);
      grant = undefined;
    },
  };
}

const renewalOf = ({ expires_in }: Grant, nowMillis: number): number =>
  nowMillis + expires_in * 1_000 - RENEW_AHEAD_MILLIS;
