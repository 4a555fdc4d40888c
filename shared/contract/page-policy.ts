/** The rights that a browser gives the page. The local server and CloudFront send the same. */

/**
 * The content security policy. Everything comes from the page's own origin. Only tokens may come from `issuer`, if that
 * is another origin. Markup holds no script and no style, and no text ever becomes markup.
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

/** A hashed name never gets other content. The browser asks anew for every other file. */
export const CACHE_CONTROL = { hashed: 'public, max-age=31536000, immutable', named: 'no-cache' } as const;
