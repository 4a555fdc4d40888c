/** How long a sign-in on the page lasts: on AWS by Cognito, on one machine by what stands in its place. */
export type Lifetimes = { readonly accessTokenMinutes: number; readonly refreshTokenMinutes: number };

/**
 * Access tokens cannot be taken back, so they are short: whoever is taken out of a group loses its scope when theirs ends.
 * Refresh tokens are replaced at each use, and end with the first one's time. An hour is the least that Cognito takes; the
 * last access token of an operator's hour may outlive it, so theirs are of the shortest kind.
 */
export const SIGN_IN_LIFETIMES = {
  members: { accessTokenMinutes: 15, refreshTokenMinutes: 24 * 60 },
  operators: { accessTokenMinutes: 5, refreshTokenMinutes: 60 },
} as const satisfies Record<string, Lifetimes>;

/** A page that lost the answer with its new token may ask once more with the old one. */
export const ROTATION_GRACE_SECONDS = 60;
