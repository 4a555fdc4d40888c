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
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { makeFolder, readState, writeStateOnce } from '../state-folder.ts';

export const SCOPES = ['billing', 'support'] as const;
export type Scope = (typeof SCOPES)[number];

export type Claims = JWTPayload & { readonly sub: string };

/** Who asked for a token: on this machine commands do, and the page, for members and for operators. */
type TokenClient = { readonly clientId: string; readonly lifetimeSeconds: number };

export type Issuer = {
  /** A token that is good for 12 hours of real time, however the local clock moves; or as long as its client says. */
  readonly tokenFor: (memberId: string, scopes?: readonly Scope[], of?: TokenClient) => Promise<string>;
  /** The claims of a token of ours, undefined for anything else. */
  readonly verify: (token: string) => Promise<Claims | undefined>;
};

/** Not a place, and the same for every port: `npm run token` need not know where the server listens. */
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

/** The issuer of a state folder, made at the first call; without a folder, one that lives as long as we do. */
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

/** What a header may say besides: where the key is to be had. Ours never do; who says so has another one in mind. */
const KEY_SOURCES = ['jku', 'jwk', 'x5u', 'x5c'] as const;

/**
 * Key and algorithm are ours, whatever the token's header says; one that names others is refused all the same, as the
 * gateway does. No tolerance for clocks: who issues and who verifies are on one machine.
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
