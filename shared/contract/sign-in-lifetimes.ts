/** The length of a sign-in on the page. Cognito keeps to it on AWS, and the local issuer on one machine. */
export type Lifetimes = { readonly accessTokenMinutes: number; readonly refreshTokenMinutes: number };

/**
 * Access tokens cannot be taken back, so they are short. A person who leaves a group keeps its scope until their token
 * ends. Refresh tokens are replaced at each use, and end with the first one's time. Cognito takes an hour at the least.
 * Operators get the shortest access tokens, because their last one may outlive that hour.
 */
export const SIGN_IN_LIFETIMES = {
  members: { accessTokenMinutes: 15, refreshTokenMinutes: 24 * 60 },
  operators: { accessTokenMinutes: 5, refreshTokenMinutes: 60 },
} as const satisfies Record<string, Lifetimes>;

/** The first password of an invited person, which they have to change. */
export const INVITATION_DAYS = 3;

/** A page that lost the response with its new token may ask once more with the old one. */
export const ROTATION_GRACE_SECONDS = 60;
