import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../web/app/problem.ts';
import { type Grant, keepTokens } from '../../web/app/tokens.ts';

const MINUTE = 60_000;
const FIRST: Grant = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 15 * 60 };

/** An issuer that rotates as Cognito does. `answers` may answer in its place. */
function world(first: Grant = FIRST, answers?: (nth: number) => Promise<Grant | undefined>) {
  let now = 1_000_000 * MINUTE;
  const asked: string[] = [];
  const revoked: string[] = [];
  const tokens = keepTokens(
    first,
    {
      renew: (refreshToken) => {
        const nth = asked.push(refreshToken);
        const next = { access_token: `access-${nth}`, refresh_token: `refresh-${nth}`, expires_in: 15 * 60 };
        return answers?.(nth) ?? Promise.resolve(next);
      },
      revoke: (refreshToken) => void revoked.push(refreshToken),
    },
    () => now,
  );
  return {
    ...tokens,
    asked,
    revoked,
    wait: (millis: number) => {
      now += millis;
    },
  };
}

describe('the access token', () => {
  it('the access token is renewed a minute before it ends, with a new refresh token each time', async () => {
    const { current, wait, asked } = world();
    wait(14 * MINUTE - 1);
    expect([await current(), asked]).toEqual(['access-0', []]);
    wait(1);
    expect([await current(), asked]).toEqual(['access-1', ['refresh-0']]);
    wait(14 * MINUTE - 1);
    expect(await current()).toBe('access-1');
    wait(1);
    expect([await current(), asked]).toEqual(['access-2', ['refresh-0', 'refresh-1']]);
  });

  it('many callers at the same time share one renewal', async () => {
    const { current, wait, asked } = world();
    wait(20 * MINUTE);
    expect(await Promise.all([current(), current(), current()])).toEqual(['access-1', 'access-1', 'access-1']);
    expect(asked).toEqual(['refresh-0']);
  });

  it('the access token stays if there is no answer, and the next renewal has the same refresh token', async () => {
    const { current, wait, asked } = world(FIRST, async (nth) => {
      if (nth === 1) throw new TypeError('Failed to fetch');
      return { ...FIRST, access_token: 'late' };
    });
    wait(14 * MINUTE);
    expect(await current()).toBe('access-0');
    expect(await current()).toBe('late');
    expect(asked).toEqual(['refresh-0', 'refresh-0']);
  });

  it('the access token stays to its end if the issuer refuses, and is not renewed again', async () => {
    const { current, wait, asked } = world(FIRST, async () => undefined);
    wait(14 * MINUTE);
    expect([await current(), await current()]).toEqual(['access-0', 'access-0']);
    expect(asked).toEqual(['refresh-0']);
  });

  it('an issuer that gives no new refresh token gets the old one again', async () => {
    const { current, wait, asked } = world(FIRST, async (nth) => ({
      access_token: `plain-${nth}`,
      expires_in: 15 * 60,
    }));
    wait(15 * MINUTE);
    expect(await current()).toBe('plain-1');
    wait(15 * MINUTE);
    expect(await current()).toBe('plain-2');
    expect(asked).toEqual(['refresh-0', 'refresh-0']);
  });

  it('the access token is never renewed without a refresh token', async () => {
    const { current, wait, asked } = world({ access_token: 'only', expires_in: 60 });
    wait(60 * MINUTE);
    expect([await current(), asked]).toEqual(['only', []]);
  });
});

describe('signing out', () => {
  it('signing out revokes the refresh token, and gives no access token any more', async () => {
    const { current, end, revoked, asked, wait } = world();
    wait(20 * MINUTE);
    await current();
    end();
    expect(revoked).toEqual(['refresh-1']);
    await expect(current()).rejects.toThrow(RefusedError);
    end();
    expect([revoked, asked]).toEqual([['refresh-1'], ['refresh-0']]);
  });

  it('signing out revokes the token of a renewal under way', async () => {
    const coming = Promise.withResolvers<Grant>();
    const { current, end, revoked, wait } = world(FIRST, () => coming.promise);
    wait(20 * MINUTE);
    const asking = current();
    end();
    coming.resolve({ access_token: 'late', refresh_token: 'refresh-late', expires_in: 900 });
    await expect(asking).rejects.toThrow(RefusedError);
    expect(revoked).toEqual(['refresh-0', 'refresh-late']);
  });
});
