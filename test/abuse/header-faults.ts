/** The headers that responses need for browsers and caches, and the headers that give too much away. */

type Headers = Readonly<Record<string, unknown>>;

/** The maker of the response, and whether a browser shows it as a page. */
export type Kind = 'private' | 'public' | 'private page' | 'public page';

const EVERY: Readonly<Record<string, RegExp>> = {
  'cross-origin-resource-policy': /^same-origin$/,
  'referrer-policy': /^(no-referrer|same-origin)$/,
  'x-content-type-options': /^nosniff$/,
};

const PAGE: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^default-src 'none'; .*frame-ancestors 'none'/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*microphone=\(\)/,
};

const CACHING = {
  private: /^no-store$/,
  public: /^(public, max-age=\d+(, immutable)?|no-cache)$/,
} as const;

/** The local system speaks plain HTTP only, where browsers ignore headers about TLS. */
export function headerFaults(kind: Kind, headers: Headers): string[] {
  const caching = CACHING[kind.startsWith('private') ? 'private' : 'public'];
  const wanted = { ...EVERY, ...(kind.endsWith('page') && PAGE), 'cache-control': caching };
  return [
    ...Object.entries(wanted)
      .filter(([name, value]) => !value.test(String(headers[name])))
      .map(([name]) => `${name}: ${headers[name]}`),
    ...('strict-transport-security' in headers ? ['strict-transport-security without TLS'] : []),
  ];
}
