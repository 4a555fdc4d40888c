/** Who issues the tokens of a local system, in the place of Cognito: an RSA key and the claims an access token has. */
import { join } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import * as z from 'zod';
import { SCOPE_PREFIX } from '../../shared/edge/caller.ts';
import { makeFolder, readState, writeStateOnce } from '../state-folder.ts';

export const SCOPES = ['billing', 'support'] as const;
export type Scope = (typeof SCOPES)[number];

export type Claims = JWTPayload & { readonly sub: string };

export type Issuer = {
  /** A token that is good for 12 hours of real time, however the local clock moves. */
  readonly tokenFor: (memberId: string, scopes?: readonly Scope[]) => Promise<string>;
  /** The claims of a token of ours, undefined for anything else. */
  readonly verify: (token: string) => Promise<Claims | undefined>;
};

/** Not a place, and the same for every port: `npm run token` need not know where the server listens. */
export const ISSUER = 'https://issuer.invalid/inmail-credits-local';
const CLIENT_ID = 'local';
const TOKEN_LIFETIME = '12h';
const ALGORITHM = 'RS256';

const keySchema = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  d: z.string(),
});

/** The issuer of a state folder, made at the first call; without a folder, one that lives as long as we do. */
export async function openIssuer(dataDir?: string): Promise<Issuer> {
  const jwk = dataDir === undefined ? await newKey() : await keyIn(dataDir);
  const { kty, n, e, kid } = jwk;
  const privateKey = (await importJWK(jwk, ALGORITHM)) as CryptoKey;
  const publicKey = (await importJWK({ kty, n, e } as JWK, ALGORITHM)) as CryptoKey;
  return {
    tokenFor: (memberId, scopes = []) =>
      new SignJWT({
        scope: scopes.map((scope) => `${SCOPE_PREFIX}${scope}`).join(' '),
        client_id: CLIENT_ID,
        token_use: 'access',
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: kid as string, typ: 'JWT' })
        .setSubject(memberId)
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime(TOKEN_LIFETIME)
        .sign(privateKey),
    verify: (token) => claimsOf(token, publicKey),
  };
}

/** The key is ours whatever the token's header names (`kid`, `jku`, `jwk`), and so is the algorithm. */
async function claimsOf(token: string, key: CryptoKey): Promise<Claims | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      requiredClaims: ['exp', 'iat', 'sub'],
    });
    const { sub, client_id, token_use } = payload;
    if (typeof sub !== 'string' || client_id !== CLIENT_ID || token_use !== 'access') return undefined;
    return { ...payload, sub };
  } catch {
    return undefined;
  }
}

/** The server and `npm run token` may both be the first to ask: one key wins, and both read that one. */
async function keyIn(dataDir: string): Promise<JWK> {
  const file = join(dataDir, 'issuer.json');
  const kept = readState(file, keySchema);
  if (kept) return kept as JWK;
  makeFolder(dataDir);
  writeStateOnce(file, await newKey());
  return readState(file, keySchema) as JWK;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}
