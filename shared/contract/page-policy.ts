/** What a browser may do with the page, wherever it is served from: by the local server, and by CloudFront. */

/**
 * The content security policy. Everything is from the page's own origin; `issuer`, where tokens come from, only where
 * that is another one. No script and no style stands in markup, and no text ever becomes markup.
 */
export function pagePolicy(issuer?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${issuer ? ` ${issuer}` : ''}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A hashed name never has other content; everything else is asked for anew. */
export const CACHE_CONTROL = { hashed: 'public, max-age=31536000, immutable', named: 'no-cache' } as const;
