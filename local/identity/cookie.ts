/** The cookie that knows the member again, so that a reload signs in without asking: `ada~billing~support`. */
import { isMemberId } from '../../shared/domain/member-id.ts';
import type { HttpRequest } from '../gateway/http-event.ts';
import type { Member } from './codes.ts';
import { SCOPES } from './issuer.ts';

const NAME = 'inmail-credits-signed-in';
/** In no member's id, and in no need of quotes in a cookie (RFC 6265). */
const SEPARATOR = '~';
const ATTRIBUTES = 'Path=/local/sign-in; HttpOnly; SameSite=Lax';

export const rememberingCookie = ({ memberId, scopes }: Member): string =>
  `${NAME}=${[memberId, ...scopes].join(SEPARATOR)}; ${ATTRIBUTES}`;

export const FORGETTING_COOKIE = `${NAME}=; Max-Age=0; ${ATTRIBUTES}`;

/** Not signed: here everybody may be whoever they like. */
export function rememberedIn({ headers: { cookie = [] } }: HttpRequest): Member | undefined {
  const pairs = cookie.flatMap((line) => line.split(/; */));
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) ?? '';
  return memberOf(value.split(SEPARATOR));
}

/** A member's id, and the names of scopes; undefined where it is none. */
export function memberOf([memberId = '', ...names]: readonly string[]): Member | undefined {
  if (!isMemberId(memberId)) return undefined;
  return { memberId, scopes: SCOPES.filter((scope) => names.includes(scope)) };
}
