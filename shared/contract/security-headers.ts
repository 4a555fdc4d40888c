/** What answers tell browsers and caches, in one place: the functions', the local system's, and CloudFront's on AWS. */

/** A member's books and letters: no cache keeps them, no other site loads them, nothing is guessed to be a script. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The same for what everybody may read, which says by itself how long it may be kept. */
export const PUBLIC_HEADERS = {
  'cross-origin-resource-policy': PRIVATE_HEADERS['cross-origin-resource-policy'],
  'referrer-policy': PRIVATE_HEADERS['referrer-policy'],
  'x-content-type-options': PRIVATE_HEADERS['x-content-type-options'],
} as const;

/** Nothing of these is used by any page of ours, so none of them may be had by what gets into one. */
const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb'];

/** Besides, for what a browser shows as a page. Its content security policy is its own. */
export const DOCUMENT_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
} as const;

/** Two years and with subdomains, as browsers ask of names in their preload lists. Only where there is TLS. */
export const STRICT_TRANSPORT_SECONDS = 2 * 365 * 24 * 60 * 60;

/** What was kept before answers were `no-store` goes at sign-out. Not cookies: all of a host share them, whatever their port. */
export const CLEARING_HEADERS = { 'clear-site-data': '"cache"' } as const;

/** Where signing out ends. */
export const SIGNED_OUT_PATH = '/signed-out.html';
