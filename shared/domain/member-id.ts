/**
 * A member's id is the `sub` of the identity provider as it stands, for example `auth0|5f…`, `urn:li:person:…` or a
 * mail address. It holds neither `#` nor `~`, because our keys use these as separators.
 */
const CHARACTER = '[A-Za-z0-9._:@|+-]';
export const MAX_MEMBER_ID = 128;

/**
 * A pattern for an id within a longer text. Dots alone could lead out of a path, and `__proto__` reaches a prototype in
 * JavaScript. No provider gives out either, so such an id can only be an attack.
 */
export const MEMBER_ID_SOURCE = `(?!(?:\\.+|__proto__)(?!${CHARACTER}))${CHARACTER}{1,${MAX_MEMBER_ID}}`;

export const MEMBER_ID = new RegExp(`^${MEMBER_ID_SOURCE}$`);

export const MEMBER_ID_WORDS = `1 to ${MAX_MEMBER_ID} of A-Z a-z 0-9 . _ : @ | + -, but neither dots alone nor __proto__`;

export const isMemberId = (text: string): boolean => MEMBER_ID.test(text);
