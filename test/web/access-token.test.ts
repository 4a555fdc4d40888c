import { describe, expect, it } from 'vitest';
import { openIssuer } from '../../local/identity/issuer.ts';
import { identityIn } from '../../web/app/access-token.ts';

describe('an access token', () => {
  it('an access token says who signed in, with which of our scopes, and until when', async () => {
    const { tokenFor } = await openIssuer();
    const before = Date.now();
    const { memberId, scopes, endsAt } = identityIn(await tokenFor('ada', ['billing']));
    expect([memberId, [...scopes]]).toEqual(['ada', ['billing']]);
    expect(Date.parse(endsAt) - before).toBeGreaterThan(11 * 3_600_000);
  });

  it('an access token grants nothing for scopes that are not ours, nor for names that every object has', () => {
    expect([
      ...identityIn(tokenWith({ sub: 'ada', exp: 1, scope: 'openid other/billing constructor' })).scopes,
    ]).toEqual([]);
  });

  it.each(['', 'a.b', 'a.e30.c', tokenWith({ sub: 1, exp: 1 }), tokenWith({ sub: 'ada' })])(
    '%j is not taken for an access token',
    (token) => {
      expect(() => identityIn(token)).toThrow();
    },
  );
});

function tokenWith(claims: object): string {
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}
