import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, exportSPKI, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { ISSUER, openIssuer } from '../../local/identity/issuer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-issuer-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const { tokenFor, verify } = await openIssuer(dataDir);
const jwk = JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8'));
const ourKey = (await importJWK(jwk, 'RS256')) as CryptoKey;
const publicKey = (await importJWK({ kty: 'RSA', n: jwk.n, e: jwk.e }, 'RS256', { extractable: true })) as CryptoKey;
const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const nowSeconds = Math.floor(Date.now() / 1_000);
const good = {
  sub: 'ada',
  iss: ISSUER,
  iat: nowSeconds,
  exp: nowSeconds + 60,
  client_id: 'local',
  token_use: 'access',
  scope: '',
};

const signed = (claims: JWTPayload, key: CryptoKey | KeyObject | Uint8Array = ourKey, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: jwk.kid, ...header }).sign(key);

/** The claims without the named ones. */
function without(...names: (keyof typeof good)[]): JWTPayload {
  return Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name as keyof typeof good)));
}

describe('a token of ours', () => {
  it('a token of ours has member and scopes, as an access token of Cognito has', async () => {
    expect(await verify(await tokenFor('ada', ['billing', 'support']))).toMatchObject({
      sub: 'ada',
      scope: 'inmail-credits/billing inmail-credits/support',
      token_use: 'access',
      iss: ISSUER,
    });
  });

  it('a token of ours is good for 12 hours of real time', async () => {
    const { iat = 0, exp = 0 } = (await verify(await tokenFor('ada'))) ?? {};
    expect(Math.abs(iat - Date.now() / 1_000)).toBeLessThan(60);
    expect(exp - iat).toBe(12 * 3_600);
  });

  it('a token of ours is accepted only with the same state folder', async () => {
    const token = await tokenFor('ada');
    expect(await (await openIssuer(dataDir)).verify(token)).toMatchObject({ sub: 'ada' });
    expect(await (await openIssuer()).verify(token)).toBeUndefined();
  });
});

describe('a token that is refused', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['a text that is no token', () => 'abc'],
    ['an empty text', () => ''],
    ['a token that has expired', () => signed({ ...good, exp: nowSeconds - 1 })],
    ['a token that never expires', () => signed(without('exp'))],
    ['a token without its time of issue', () => signed(without('iat'))],
    ['a token that is not yet valid', () => signed({ ...good, nbf: nowSeconds + 60 })],
    ['a token without a member', () => signed(without('sub'))],
    ['a token of several members', () => signed({ ...good, sub: ['ada', 'bob'] as unknown as string })],
    ['a token whose member is a number', () => signed({ ...good, sub: 7 as unknown as string })],
    ['a token of another issuer', () => signed({ ...good, iss: 'https://evil.example' })],
    ['a token for another client', () => signed({ ...good, client_id: 'other' })],
    ['an ID token', () => signed({ ...good, token_use: 'id' })],
    ['a token for another audience', () => signed({ ...good, aud: 'other' })],
    ['a token signed by another key', () => signed(good, otherKey)],
    ['a token that names another key', () => signed(good, ourKey, { kid: '../../etc/passwd' })],
    ['a token that names no key', () => signed(good, ourKey, { kid: undefined })],
    ['a token that points to a key elsewhere', () => signed(good, ourKey, { jku: 'https://evil.example' })],
    [
      'a token that brings its own key',
      () =>
        signed(good, otherKey, {
          jwk: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
        }),
    ],
    ['an unsigned token (alg none)', () => new UnsecuredJWT(good).encode()],
    [
      'a token signed with our public key as a secret (HS256)',
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI(publicKey));
        return new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(secret);
      },
    ],
    [
      'a token that was changed',
      async () => {
        const [header, , signature] = (await signed(good)).split('.');
        return [header, Buffer.from(JSON.stringify({ ...good, sub: 'bob' })).toString('base64url'), signature].join(
          '.',
        );
      },
    ],
  ])('%s is refused', async (_, make) => {
    expect(await verify(await make())).toBeUndefined();
  });
});

describe('the key', () => {
  it('the key can be read by its owner only', () => {
    expect(statSync(join(dataDir, 'issuer.json')).mode & 0o777).toBe(0o600);
  });

  it('the key is the same for all that ask for it first', async () => {
    const contested = join(dataDir, 'contested');
    const issuers = await Promise.all(Array.from({ length: 4 }, () => openIssuer(contested)));
    const token = await issuers[0]?.tokenFor('ada');
    for (const issuer of issuers) expect(await issuer.verify(token ?? '')).toBeDefined();
  });
});
