/** Tokens that must not be trusted. Some are made with the very key of the local system, others without it. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CryptoKey, exportSPKI, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { ISSUER } from '../../local/identity/issuer.ts';

export type Forge = {
  readonly claims: JWTPayload;
  /** Signed as the issuer does, except for the given parts. */
  readonly sign: (claims?: JWTPayload, header?: object, key?: CryptoKey | KeyObject) => Promise<string>;
  readonly signAs: (alg: 'HS256', secret: Uint8Array) => Promise<string>;
  readonly spki: string;
  readonly jwk: { readonly n: string; readonly e: string };
};

const { privateKey: otherKey, publicKey: otherPublicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherJwk = otherPublicKey.export({ format: 'jwk' });

export async function openForge(dataDir: string, scope: string): Promise<Forge> {
  const jwk = JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8'));
  const ourKey = (await importJWK(jwk, 'RS256')) as CryptoKey;
  const publicKey = await importJWK({ kty: 'RSA', n: jwk.n, e: jwk.e }, 'RS256', { extractable: true });
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const times = { iat: nowSeconds, exp: nowSeconds + 3_600 };
  const claims = { sub: 'ada', iss: ISSUER, ...times, client_id: 'local', token_use: 'access', scope };
  return {
    claims,
    sign: (own = claims, header = {}, key = ourKey) =>
      new SignJWT(own).setProtectedHeader({ alg: 'RS256', kid: jwk.kid, ...header }).sign(key, { crit: { x: true } }),
    signAs: (alg, secret) => new SignJWT(claims).setProtectedHeader({ alg, kid: jwk.kid }).sign(secret),
    spki: await exportSPKI(publicKey as CryptoKey),
    jwk: { n: jwk.n, e: jwk.e },
  };
}

/** One `authorization` header for each text, and none at all for an empty list. */
type Forgery = (forge: Forge) => Promise<readonly string[]>;

const bearer = (make: (forge: Forge) => string | Promise<string>): Forgery => {
  return async (forge) => [`Bearer ${await make(forge)}`];
};
const claiming = (own: object): Forgery => bearer(({ claims, sign }) => sign({ ...claims, ...own } as JWTPayload));
const lacking = (name: string): Forgery => {
  return bearer(({ claims, sign }) => sign(Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))));
};
const heading = (header: object): Forgery => bearer(({ claims, sign }) => sign(claims, header));
const bytes = (text: string) => new TextEncoder().encode(text);
const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** None of these says who calls, so each gets a 401. */
export const FORGED: Readonly<Record<string, Forgery>> = {
  none: async () => [],
  empty: async () => [''],
  'a scheme alone': async () => ['Bearer'],
  'of another scheme': async ({ sign }) => [`Basic ${await sign()}`],
  'two in one header': async ({ sign }) => [`Bearer ${await sign()}, Bearer ${await sign()}`],
  'two headers': async ({ sign }) => [`Bearer ${await sign()}`, `Bearer ${await sign()}`],
  'no token': bearer(() => 'abc'),
  'without a signature': bearer(async ({ sign }) => (await sign()).replace(/[^.]*$/, '')),
  'of 9 kB': bearer(({ claims, sign }) => sign({ ...claims, iss: 'x'.repeat(6_500) })),
  'alg none': bearer(({ claims }) => new UnsecuredJWT(claims).encode()),
  'HS256 with our public key, as PEM': bearer(({ signAs, spki }) => signAs('HS256', bytes(spki))),
  'HS256 with our public key, as JWK': bearer(({ signAs, jwk }) => signAs('HS256', bytes(JSON.stringify(jwk)))),
  'HS256 with our modulus': bearer(({ signAs, jwk }) => signAs('HS256', Buffer.from(jwk.n, 'base64url'))),
  'RS512 with our key': bearer(async ({ sign }) => {
    const [, payload, signature] = (await sign()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS512' })).toString('base64url');
    return [header, payload, signature].join('.');
  }),
  "another key under our key's name": bearer(({ claims, sign }) => sign(claims, {}, otherKey)),
  'another key, brought along': bearer(({ claims, sign }) => sign(claims, { jwk: otherJwk }, otherKey)),
  'our key, and another brought along': heading({ jwk: otherJwk }),
  'our key, and a place to fetch one': heading({ jku: 'https://evil.example/jwks.json' }),
  'our key, and a place to fetch a certificate': heading({ x5u: 'https://evil.example/cert.pem' }),
  'a key of an unknown name': heading({ kid: 'unknown' }),
  'a key named by a path': heading({ kid: '../../../../dev/null' }),
  'a key named by SQL': heading({ kid: "x' UNION SELECT 'secret' --" }),
  'a key without a name': heading({ kid: undefined }),
  'an unknown extension': heading({ crit: ['x'], x: 1 }),
  'expired 61 s ago': bearer(({ claims, sign }) => sign({ ...claims, exp: secondsFromNow(-61) })),
  'not yet valid': bearer(({ claims, sign }) => sign({ ...claims, nbf: secondsFromNow(61) })),
  'without exp': lacking('exp'),
  'exp as text': claiming({ exp: '2999-01-01' }),
  'of another issuer': claiming({ iss: 'https://evil.example' }),
  'without an issuer': lacking('iss'),
  'of several issuers': claiming({ iss: [ISSUER, 'https://evil.example'] }),
  'for another client': claiming({ client_id: 'another' }),
  'without a client': lacking('client_id'),
  'for another audience': claiming({ aud: 'another' }),
  'an ID token': claiming({ token_use: 'id', aud: 'local' }),
  'without a use': lacking('token_use'),
  'without sub': lacking('sub'),
  'sub empty': claiming({ sub: '' }),
  'sub a list': claiming({ sub: ['ada'] }),
  'sub an object': claiming({ sub: { toString: 'ada' } }),
  'sub a number': claiming({ sub: 7 }),
  'sub of 1 kB': claiming({ sub: 'a'.repeat(1_024) }),
  'sub __proto__': claiming({ sub: '__proto__' }),
  'sub of dots': claiming({ sub: '..' }),
  'sub of 129 characters': claiming({ sub: 'a'.repeat(129) }),
  'sub with a line end': claiming({ sub: 'ada\n' }),
  'sub with a wallet in it': claiming({ sub: 'ada#premium' }),
};

/** These are ours except for a scope that is no text. They say who calls, but allow nothing. */
export const SCOPELESS: Readonly<Record<string, Forgery>> = {
  'scope a list': claiming({ scope: ['inmail-credits/billing'] }),
  'scope in the midst of a list': claiming({ scope: ['a', 'inmail-credits/billing', 'b'] }),
  'scope an object': claiming({ scope: { 'inmail-credits/billing': true } }),
  'scope of another name': claiming({ scope: 'billing other/billing inmail-credits/billingx INMAIL-CREDITS/BILLING' }),
  'scope between commas': claiming({ scope: 'a,inmail-credits/billing' }),
  'without scope': lacking('scope'),
};
