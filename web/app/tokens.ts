/** The tokens of a session. They live only in this module's memory, and are renewed silently before they end. */
import { problemIn, RefusedError } from './problem.ts';

export type Grant = {
  readonly access_token: string;
  readonly expires_in: number;
  /** Changes with each renewal. */
  readonly refresh_token?: string;
};

export type Issuer = {
  /** Undefined if the issuer refuses, because this token will bring nothing more. Throws if there is no answer. */
  readonly renew: (refreshToken: string) => Promise<Grant | undefined>;
  readonly revoke: (refreshToken: string) => void;
};

export type Tokens = {
  /** Lasts a minute at least, as long as a new one can be had. Throws a RefusedError after `end`. */
  readonly current: () => Promise<string>;
  /** Forgets and revokes. */
  readonly end: () => void;
};

const RENEW_AHEAD_MILLIS = 60_000;

/** A token's time runs from its arrival by `nowMillis`, because this machine's clock may be minutes off the issuer's. */
export function keepTokens(first: Grant, { renew, revoke }: Issuer, nowMillis: () => number): Tokens {
  let grant: Grant | undefined = first;
  let renewAtMillis = renewalOf(first, nowMillis());
  let renewal: Promise<void> | undefined;

  const renewWith = async (used: string) => {
    const next = await renew(used).catch(() => 'unanswered' as const);
    renewal = undefined;
    // The old token still lasts for a while. The next call asks again.
    if (next === 'unanswered') return;
    // The member has signed out in the meantime, so the new token must not stay valid.
    if (!grant) return revokeIn(next);
    if (next) {
      // An issuer that does not rotate names no new refresh token, and the old one stays valid.
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
