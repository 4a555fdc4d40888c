/** A cookie like `ada~billing~support` remembers the member, so that a reload signs in without a question. */
import { isMemberId } from '../../shared/domain/member-id.ts';
import type { HttpRequest } from '../gateway/http-event.ts';
import type { Member } from './codes.ts';
import { SCOPES } from './issuer.ts';

const NAME = 'inmail-credits-signed-in';
/** A member id has no such character, and a cookie needs no quotes for it (RFC 6265). */
const SEPARATOR = '~';
const ATTRIBUTES = 'Path=/local/sign-in; HttpOnly; SameSite=Lax';

export const rememberingCookie = ({ memberId, scopes }: Member): string =>
  `${NAME}=${[memberId, ...scopes].join(SEPARATOR)}; ${ATTRIBUTES}`;

export const FORGETTING_COOKIE = `${NAME}=; Max-Age=0; ${ATTRIBUTES}`;

/** The cookie is not signed, because every user of this machine may be any member. */
export function rememberedIn({ headers: { cookie = [] } }: HttpRequest): Member | undefined {
  const pairs = cookie.flatMap((line) => line.split(/; */));
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) ?? '';
  return memberOf(value.split(SEPARATOR));
}

/** Takes a member id and the names of scopes. Undefined if the id is not valid. */
export function memberOf([memberId = '', ...names]: readonly string[]): Member | undefined {
  if (!isMemberId(memberId)) return undefined;
  return { memberId, scopes: SCOPES.filter((scope) => names.includes(scope)) };
}
