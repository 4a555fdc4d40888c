/**
 * Stands for Cognito's sign-in pages, with OAuth's authorization code and PKCE. There is no password, because every user of
 * this machine may be any member.
 */

import { SIGNED_OUT_PATH } from '../../shared/contract/security-headers.ts';
import { type Lifetimes, SIGN_IN_LIFETIMES } from '../../shared/contract/sign-in-lifetimes.ts';
import { problemResponse } from '../../shared/http/problem-response.ts';
import { type HttpRequest, partsOfTarget } from '../gateway/http-event.ts';
import type { HttpHandler } from '../gateway/http-server.ts';
import { Codes, type Member } from './codes.ts';
import { FORGETTING_COOKIE, memberOf, rememberedIn, rememberingCookie } from './cookie.ts';
import { CLIENT_ID, type Issuer, OPERATORS_CLIENT_ID } from './issuer.ts';
import { pickerPage, refusalPage } from './picker.ts';
import { RefreshTokens } from './refresh-tokens.ts';

export const isSignIn = ({ target }: HttpRequest): boolean => target.startsWith('/local/sign-in/');

export type SignInParts = {
  readonly tokenFor: Issuer['tokenFor'];
  readonly members: () => Promise<readonly string[]>;
  /** Real time, because a code is valid for a real minute. */
  readonly nowMillis: () => number;
};

export function createSignIn({ tokenFor, members, nowMillis }: SignInParts): HttpHandler {
  const codes = new Codes(nowMillis);
  const refreshTokens = new RefreshTokens(nowMillis);
  return async (request) => {
    const { path, query } = partsOfTarget(request.target);
    const call = `${request.method} ${path}`;
    if (call === 'GET /local/sign-in/authorize')
      return authorize(request, new URLSearchParams(query), { codes, members });
    if (call === 'POST /local/sign-in/authorize') return pick(request, new URLSearchParams(query), { codes, members });
    if (call === 'POST /local/sign-in/token')
      return token(new URLSearchParams(request.body.toString()), { codes, refreshTokens, tokenFor });
    if (call === 'POST /local/sign-in/revoke') return revoke(request, refreshTokens);
    if (call === 'GET /local/sign-in/out') return signOut(request, new URLSearchParams(query));
    return problemResponse({ slug: 'not-found' });
  };
}

type Parts = Pick<SignInParts, 'members'> & { readonly codes: Codes };

/** The page has the same two clients in the user pool. */
const LIFETIMES: Readonly<Record<string, Lifetimes>> = {
  [CLIENT_ID]: SIGN_IN_LIFETIMES.members,
  [OPERATORS_CLIENT_ID]: SIGN_IN_LIFETIMES.operators,
};

const isForOperators = (query: URLSearchParams): boolean => query.get('client_id') === OPERATORS_CLIENT_ID;

async function authorize(request: HttpRequest, query: URLSearchParams, { codes, members }: Parts) {
  const fault = faultOf(request, query);
  if (fault) return fault;
  const known = query.get('prompt') === 'login' ? undefined : rememberedIn(request);
  if (known) return back(query, { code: codeFor(known, query, codes) });
  if (query.get('prompt') === 'none') return back(query, { error: 'login_required' });
  return pickerPage({ action: request.target, members: await members(), asOperator: isForOperators(query) });
}

async function pick(request: HttpRequest, query: URLSearchParams, { codes, members }: Parts) {
  const fault = faultOf(request, query);
  if (fault) return fault;
  const form = new URLSearchParams(request.body.toString());
  const memberId = form.get('member') ?? form.get('other')?.trim() ?? '';
  const member = memberOf([memberId, ...form.getAll('scope')]);
  if (!member) {
    const what = memberId === '' ? 'Enter a member id, or pick a member.' : `This is not a member id: ${memberId}`;
    return pickerPage({
      action: request.target,
      members: await members(),
      asOperator: isForOperators(query),
      fault: what,
    });
  }
  return { ...back(query, { code: codeFor(member, query, codes) }), cookies: [rememberingCookie(member)] };
}

/** The browser goes back to the page only, never to another address (RFC 6749, 4.1.2.1). */
function faultOf(request: HttpRequest, query: URLSearchParams) {
  if (!Object.hasOwn(LIFETIMES, query.get('client_id') ?? ''))
    return refusalPage(`The client_id must be ${CLIENT_ID} or ${OPERATORS_CLIENT_ID}.`);
  if (!isOwnPage(request, query.get('redirect_uri')))
    return refusalPage('The redirect_uri must be the page of this origin.');
  if (query.get('response_type') !== 'code') return back(query, { error: 'unsupported_response_type' });
  const isChallenged =
    query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(query.get('code_challenge') ?? '');
  return isChallenged
    ? undefined
    : back(query, { error: 'invalid_request', error_description: 'A code_challenge of the method S256 is required.' });
}

const isOwnPage = ({ headers: { host = [] } }: HttpRequest, uri: string | null, path = '/'): boolean =>
  uri === `http://${host[0]}${path}`;

/** Only the tokens of the operators' client have scopes. */
const codeFor = ({ memberId, scopes }: Member, query: URLSearchParams, codes: Codes): string =>
  codes.issue(
    { memberId, scopes: isForOperators(query) ? scopes : [] },
    {
      clientId: query.get('client_id') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
      challenge: query.get('code_challenge') ?? '',
    },
  );

/** After a 303 the browser uses GET, whatever the method was. */
function back(query: URLSearchParams, result: Record<string, string>) {
  const state = query.get('state');
  return seeOther(
    `${query.get('redirect_uri')}?${new URLSearchParams({ ...result, ...(state !== null && { state }) })}`,
  );
}

const seeOther = (location: string) => ({ statusCode: 303, headers: { location, 'cache-control': 'no-store' } });

type TokenParts = Pick<SignInParts, 'tokenFor'> & { readonly codes: Codes; readonly refreshTokens: RefreshTokens };

async function token(form: URLSearchParams, { codes, refreshTokens, tokenFor }: TokenParts) {
  const clientId = form.get('client_id') ?? '';
  const lifetimes = Object.hasOwn(LIFETIMES, clientId) ? LIFETIMES[clientId] : undefined;
  if (!lifetimes) return json(400, { error: 'invalid_client' });
  const isRenewal = form.get('grant_type') === 'refresh_token';
  if (!isRenewal && form.get('grant_type') !== 'authorization_code')
    return json(400, { error: 'unsupported_grant_type' });
  const granted = isRenewal
    ? refreshTokens.renew(form.get('refresh_token') ?? '', clientId)
    : refreshTokens.begin(redeemedCode(form, clientId, codes), clientId, lifetimes);
  if (!granted) return json(400, { error: 'invalid_grant' });
  const { member, refreshToken } = granted;
  const lifetimeSeconds = lifetimes.accessTokenMinutes * 60;
  const access_token = await tokenFor(member.memberId, member.scopes, { clientId, lifetimeSeconds });
  return json(200, {
    access_token,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
  });
}

const redeemedCode = (form: URLSearchParams, clientId: string, codes: Codes): Member | undefined =>
  codes.redeem({
    code: form.get('code') ?? '',
    clientId,
    redirectUri: form.get('redirect_uri') ?? '',
    verifier: form.get('code_verifier') ?? '',
  });

/** An unknown token counts as revoked (RFC 7009). */
function revoke({ body }: HttpRequest, refreshTokens: RefreshTokens) {
  refreshTokens.revoke(new URLSearchParams(body.toString()).get('token') ?? '');
  return { statusCode: 200 };
}

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

function signOut(request: HttpRequest, query: URLSearchParams) {
  const uri = query.get('logout_uri');
  if (uri === null || !isOwnPage(request, uri, SIGNED_OUT_PATH))
    return refusalPage(`The logout_uri must be ${SIGNED_OUT_PATH} of this origin.`);
  return { ...seeOther(uri), cookies: [FORGETTING_COOKIE] };
}
