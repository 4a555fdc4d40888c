/** Stands for Cognito as the issuer of tokens. It has an RSA key and makes the claims of Cognito's access tokens. */
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
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { makeFolder, readState, writeStateOnce } from '../state-folder.ts';

export const SCOPES = ['billing', 'support'] as const;
export type Scope = (typeof SCOPES)[number];

export type Claims = JWTPayload & { readonly sub: string };

/** Tokens go to commands and to the page, which has one client for members and one for operators. */
type TokenClient = { readonly clientId: string; readonly lifetimeSeconds: number };

export type Issuer = {
  /** The token is valid for 12 hours of real time, or as long as its client says. The local clock does not matter. */
  readonly tokenFor: (memberId: string, scopes?: readonly Scope[], of?: TokenClient) => Promise<string>;
  /** The claims of a valid token of this issuer. Undefined for any other text. */
  readonly verify: (token: string) => Promise<Claims | undefined>;
};

/** The issuer is no address, because `npm run token` does not know the server's port. */
export const ISSUER = 'https://issuer.invalid/inmail-credits-local';
export const CLIENT_ID = 'local';
export const OPERATORS_CLIENT_ID = 'local-operators';
const CLIENT_IDS: readonly unknown[] = [CLIENT_ID, OPERATORS_CLIENT_ID];
const COMMANDS: TokenClient = { clientId: CLIENT_ID, lifetimeSeconds: 12 * 60 * 60 };
const ALGORITHM = 'RS256';

const keySchema = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  d: z.string(),
});

/** The first call makes the key of a state folder. Without a folder, the key lives as long as this process. */
export async function openIssuer(dataDir?: string): Promise<Issuer> {
  const jwk = dataDir === undefined ? await newKey() : await keyIn(dataDir);
  const { kty, n, e, kid } = jwk;
  const privateKey = (await importJWK(jwk, ALGORITHM)) as CryptoKey;
  const publicKey = (await importJWK({ kty, n, e } as JWK, ALGORITHM)) as CryptoKey;
  return {
    tokenFor: (memberId, scopes = [], { clientId, lifetimeSeconds } = COMMANDS) =>
      new SignJWT({
        scope: scopes.map((scope) => `${SCOPE_PREFIX}${scope}`).join(' '),
        client_id: clientId,
        token_use: 'access',
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: kid as string, typ: 'JWT' })
        .setSubject(memberId)
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(privateKey),
    verify: (token) => claimsOf(token, publicKey, kid as string),
  };
}

/** These parts of a header name the source of a key. Our tokens never have them, so such a token has another key. */
const KEY_SOURCES = ['jku', 'jwk', 'x5u', 'x5c'] as const;

/**
 * Key and algorithm are ours, whatever the token's header says. A token that names others is refused, as by API Gateway. There
 * is no tolerance for clocks, because one machine issues and verifies.
 */
async function claimsOf(token: string, key: CryptoKey, kid: string): Promise<Claims | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      requiredClaims: ['exp', 'iat', 'sub'],
    });
    if (protectedHeader.kid !== kid || KEY_SOURCES.some((name) => name in protectedHeader)) return undefined;
    const { sub, client_id, aud = client_id, token_use } = payload;
    if (aud !== client_id || !CLIENT_IDS.includes(client_id) || token_use !== 'access') return undefined;
    return typeof sub === 'string' ? { ...payload, sub } : undefined;
  } catch {
    return undefined;
  }
}

/** The server and `npm run token` may both write the first key. One key wins, and both read that one. */
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
