/**
 * A member's id is what identity providers hand out as `sub`, as it stands: `auth0|5f…`, `urn:li:person:…`, a mail
 * address. It holds neither `#` nor `~`, because our keys separate it by these from what follows.
 */
const CHARACTER = '[A-Za-z0-9._:@|+-]';
export const MAX_MEMBER_ID = 128;

/**
 * To be put together with what follows an id. Dots alone would be a way through a path, and `__proto__` is the name by
 * which JavaScript reaches a prototype: no provider gives out either, so whoever comes with one means no good.
 */
export const MEMBER_ID_SOURCE = `(?!(?:\\.+|__proto__)(?!${CHARACTER}))${CHARACTER}{1,${MAX_MEMBER_ID}}`;

export const MEMBER_ID = new RegExp(`^${MEMBER_ID_SOURCE}$`);

export const MEMBER_ID_WORDS = `1 to ${MAX_MEMBER_ID} of A-Z a-z 0-9 . _ : @ | + -, but neither dots alone nor __proto__`;

export const isMemberId = (text: string): boolean => MEMBER_ID.test(text);
