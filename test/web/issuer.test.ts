import { describe, expect, it } from 'vitest';
import { authorizeUrlOf, issuerOf, redeem, renew, revoke } from '../../web/app/issuer.ts';
import { answerIn } from '../../web/app/sign-in-answer.ts';

const RELATIVE = { authorizeUrl: '/sign-in/authorize', tokenUrl: '/sign-in/token', revokeUrl: '/sign-in/revoke' };
const GRANT = { access_token: 'access', refresh_token: 'refresh', token_type: 'Bearer', expires_in: 900 };
const STATE = 'mine';
const PAGE = 'https://credits.example/';

type Asked = { readonly url: string; readonly form: Record<string, string>; readonly init: RequestInit };

/** An issuer that notes what it is asked, and gives the response it is told to. */
function anIssuer({ page = PAGE, config = RELATIVE, response = Response.json(GRANT) } = {}) {
  const asked: Asked[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(url), form: Object.fromEntries(init.body as URLSearchParams), init });
    return response;
  };
  return { asked, issuer: issuerOf({ config, clientId: 'page', page: new URL(page), fetch }) };
}

function redeemAt({ issuer }: ReturnType<typeof anIssuer>) {
  const answer = answerIn(issuer, new URLSearchParams({ code: 'c', state: STATE }), STATE);
  if (answer.kind !== 'code') throw new Error(`the answer is ${answer.kind}`);
  return redeem(issuer, { parameters: answer.parameters, redirectUri: PAGE, verifier: 'verifier' });
}

describe('the way to the issuer', () => {
  it('the address to sign in at carries state, scopes and the challenge of RFC 7636, appendix B', async () => {
    const url = await authorizeUrlOf(anIssuer().issuer, {
      redirectUri: PAGE,
      state: STATE,
      verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      asks: { scope: 'openid inmail-credits/operator', prompt: 'login' },
    });
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://credits.example/sign-in/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'page',
      redirect_uri: PAGE,
      scope: 'openid inmail-credits/operator',
      prompt: 'login',
      state: STATE,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
  });

  it.each([
    ['http://localhost:3000/', '/token', true],
    ['http://127.0.0.1:3000/', '/token', true],
    ['http://[::1]:3000/', '/token', true],
    ['http://credits.example/', '/token', false],
    ['http://localhost.example/', '/token', false],
    [PAGE, 'http://issuer.example/token', false],
    [PAGE, 'https://issuer.example/token', true],
  ])('a page at %s sends a token request to %s: %s', async (page, tokenUrl, isSent) => {
    const world = anIssuer({ page, config: { ...RELATIVE, tokenUrl } });
    const outcome = await renew(world.issuer, 'old').then(
      (grant) => grant?.access_token,
      () => 'not sent',
    );
    expect([outcome, world.asked.length]).toEqual(isSent ? ['access', 1] : ['not sent', 0]);
  });
});

describe('tokens from the issuer', () => {
  it('a code is exchanged with its verifier and the address of the page', async () => {
    const world = anIssuer();
    expect(await redeemAt(world)).toEqual({ access_token: 'access', refresh_token: 'refresh', expires_in: 900 });
    expect(world.asked).toMatchObject([
      {
        url: 'https://credits.example/sign-in/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'page',
          code: 'c',
          redirect_uri: PAGE,
          code_verifier: 'verifier',
        },
      },
    ]);
  });

  it('a refresh token is exchanged for a new grant', async () => {
    const world = anIssuer();
    expect(await renew(world.issuer, 'old')).toEqual({
      access_token: 'access',
      refresh_token: 'refresh',
      expires_in: 900,
    });
    expect(world.asked[0]?.form).toEqual({ grant_type: 'refresh_token', client_id: 'page', refresh_token: 'old' });
  });

  it('an ID token beside the access token is ignored, whatever it says', async () => {
    const response = Response.json({ ...GRANT, id_token: 'no.token.at-all' });
    expect(await redeemAt(anIssuer({ response }))).toMatchObject({ access_token: 'access' });
  });

  it.each([400, 401])('status %i is a refusal, with or without a reason', async (status) => {
    const refusals = [
      Response.json({ error: 'invalid_grant' }, { status }),
      new Response('no', { status, headers: { 'www-authenticate': 'Bearer' } }),
    ];
    for (const response of refusals) expect(await renew(anIssuer({ response }).issuer, 'old')).toBeUndefined();
  });

  it.each<[string, () => Response]>([
    ['status 429', () => Response.json({ error: 'slow_down' }, { status: 429 })],
    ['status 500', () => new Response('', { status: 500 })],
    ['a page instead of JSON', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['no access token', () => Response.json({ ...GRANT, access_token: undefined })],
    ['a token type that is not Bearer', () => Response.json({ ...GRANT, token_type: 'mac' })],
    ['a lifetime that is no number', () => Response.json({ ...GRANT, expires_in: 'soon' })],
  ])('a response with %s is no grant and no refusal', async (_what, response) => {
    await expect(renew(anIssuer({ response: response() }).issuer, 'old')).rejects.toThrow();
  });

  it('a revocation goes on after the page has left', async () => {
    const world = anIssuer({ response: new Response() });
    revoke(world.issuer, 'refresh');
    await expect
      .poll(() => world.asked)
      .toMatchObject([
        {
          url: 'https://credits.example/sign-in/revoke',
          form: { client_id: 'page', token: 'refresh' },
          init: { method: 'POST', keepalive: true },
        },
      ]);
  });
});
