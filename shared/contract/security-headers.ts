/** The headers for browsers and caches. The functions, the local system and CloudFront on AWS all send them. */

/** For a member's books and InMails. No cache keeps them, no other site loads them, and no browser guesses a script. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The same for public files. Each says by itself how long a cache may keep it. */
export const PUBLIC_HEADERS = {
  'cross-origin-resource-policy': PRIVATE_HEADERS['cross-origin-resource-policy'],
  'referrer-policy': PRIVATE_HEADERS['referrer-policy'],
  'x-content-type-options': PRIVATE_HEADERS['x-content-type-options'],
} as const;

/** Our pages use none of these, so foreign code in a page gets none of them either. */
const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb'];

/** A page has these as well. Its content security policy is its own. */
export const DOCUMENT_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
} as const;

/** Two years and with subdomains, as browsers ask of names in their preload lists. It needs TLS. */
export const STRICT_TRANSPORT_SECONDS = 2 * 365 * 24 * 60 * 60;

/**
 * A sign-out clears responses that a browser kept before they were `no-store`. It keeps cookies, because all ports of a
 * host share them.
 */
export const CLEARING_HEADERS = { 'clear-site-data': '"cache"' } as const;

/** The page at the end of a sign-out. */
export const SIGNED_OUT_PATH = '/signed-out.html';
