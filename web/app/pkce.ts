/** Proof Key for Code Exchange (RFC 7636): a code that somebody else gets hold of is worth nothing without its verifier. */

/** 32 bytes, as the RFC recommends. */
export const newSecret = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));

/** Method S256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
