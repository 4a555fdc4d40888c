import { describe, expect, it } from 'vitest';
import { openIssuer } from '../../local/identity/issuer.ts';
import { identityIn } from '../../web/app/access-token.ts';
import { challengeOf, newSecret } from '../../web/app/pkce.ts';

describe('PKCE', () => {
  it('makes of a verifier the challenge that RFC 7636 gives for it (appendix B)', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('makes verifiers of 43 characters, each another one', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(secrets).size).toBe(100);
  });
});

describe('an access token', () => {
  it('says who signed in, with which of our scopes, and until when', async () => {
    const { tokenFor } = await openIssuer();
    const before = Date.now();
    const { memberId, scopes, endsAt } = identityIn(await tokenFor('ada', ['billing']));
    expect([memberId, [...scopes]]).toEqual(['ada', ['billing']]);
    expect(Date.parse(endsAt) - before).toBeGreaterThan(11 * 3_600_000);
  });

  it('gives nothing for scopes that are not ours, nor for names that every object has', () => {
    expect([
      ...identityIn(tokenWith({ sub: 'ada', exp: 1, scope: 'openid other/billing constructor' })).scopes,
    ]).toEqual([]);
  });

  it.each(['', 'a.b', 'a.e30.c', tokenWith({ sub: 1, exp: 1 }), tokenWith({ sub: 'ada' })])('is not %j', (token) => {
    expect(() => identityIn(token)).toThrow();
  });
});

function tokenWith(claims: object): string {
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}
