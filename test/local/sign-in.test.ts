import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../local/gateway/http-event.ts';
import { forOwnPage } from '../../local/gateway/own-page.ts';
import { openIssuer } from '../../local/identity/issuer.ts';
import { createSignIn } from '../../local/identity/sign-in.ts';

const ORIGIN = 'http://localhost:3000';
const VERIFIER = 'v'.repeat(43);
const ASKED = {
  response_type: 'code',
  client_id: 'local',
  redirect_uri: `${ORIGIN}/`,
  state: 'st&te',
  code_challenge: await calculatePKCECodeChallenge(VERIFIER),
  code_challenge_method: 'S256',
};
const issuer = await openIssuer();

type Given = {
  query?: Record<string, string>;
  form?: [string, string][];
  cookie?: string;
  origin?: string;
  host?: string;
  site?: string;
};

function world() {
  let nowMillis = 0;
  const members = async () => ['ada', 'bob'];
  const answer = forOwnPage(3000, createSignIn({ tokenFor: issuer.tokenFor, members, nowMillis: () => nowMillis }));
  const call = (method: string, name: string, { query = {}, form = [], cookie, origin, host, site }: Given = {}) => {
    const headers = {
      host: [host ?? 'localhost:3000'],
      ...(cookie && { cookie: [cookie] }),
      ...(origin && { origin: [origin] }),
      ...(site && { 'sec-fetch-site': [site] }),
    };
    const target = `/local/sign-in/${name}?${new URLSearchParams(query)}`;
    const body = Buffer.from(new URLSearchParams(form).toString());
    return answer({ method, target, headers, body, sourceIp: '127.0.0.1' } satisfies HttpRequest, 'one');
  };
  const codeIn = (result: { headers?: Record<string, unknown> | undefined }) =>
    new URL(String(result.headers?.location)).searchParams.get('code') ?? '';
  const asOperator = { client_id: 'local-operators' };
  return {
    call,
    codeIn,
    asOperator,
    pick: (...form: [string, string][]) => call('POST', 'authorize', { query: ASKED, form }),
    pickAsOperator: (...form: [string, string][]) =>
      call('POST', 'authorize', { query: { ...ASKED, ...asOperator }, form }),
    renew: (refresh_token: string, client_id = 'local') =>
      call('POST', 'token', { form: Object.entries({ grant_type: 'refresh_token', client_id, refresh_token }) }),
    revoke: (token: string) => call('POST', 'revoke', { form: [['token', token]] }),
    redeem: (code: string, more: Record<string, string> = {}) =>
      call('POST', 'token', {
        form: Object.entries({
          grant_type: 'authorization_code',
          client_id: 'local',
          redirect_uri: `${ORIGIN}/`,
          code,
          code_verifier: VERIFIER,
          ...more,
        }),
      }),
    wait: (millis: number) => {
      nowMillis += millis;
    },
  };
}

describe('signing in on this machine', () => {
  it("the picker lists the members, and goes back with a code that gets the member's token once", async () => {
    const { call, pick, codeIn, redeem } = world();
    const picker = await call('GET', 'authorize', { query: ASKED });
    expect(picker).toMatchObject({ statusCode: 200 });
    expect(picker.body).toContain('<button name="member" value="bob">bob</button>');

    const back = await pick(['member', 'ada'], ['other', '']);
    expect(back).toMatchObject({ statusCode: 303 });
    expect(String(back.headers?.location)).toMatch(/^http:\/\/localhost:3000\/\?code=[\w-]{43}&state=st%26te$/);
    const first = await redeem(codeIn(back));
    expect(first).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    const { access_token } = JSON.parse(first.body ?? '');
    expect(await issuer.verify(access_token)).toMatchObject({ sub: 'ada', scope: '', client_id: 'local' });
    expect(await redeem(codeIn(back))).toMatchObject({ statusCode: 400, body: '{"error":"invalid_grant"}' });
  });

  it('an operator gets scopes only through the client of operators', async () => {
    const { call, pick, pickAsOperator, codeIn, redeem, asOperator } = world();
    const chosen = [
      ['member', 'desk'],
      ['scope', 'billing'],
    ] as [string, string][];
    const claims = async (body = '') => issuer.verify(JSON.parse(body).access_token);
    const asMember = await redeem(codeIn(await pick(...chosen)));
    expect(await claims(asMember.body)).toMatchObject({ sub: 'desk', scope: '' });
    const desk = await redeem(codeIn(await pickAsOperator(...chosen)), asOperator);
    expect(await claims(desk.body)).toMatchObject({
      sub: 'desk',
      scope: 'inmail-credits/billing',
      client_id: 'local-operators',
    });
    expect((await redeem(codeIn(await pickAsOperator(...chosen)))).body).toBe('{"error":"invalid_grant"}');
    expect((await redeem(codeIn(await pick(...chosen)), asOperator)).body).toBe('{"error":"invalid_grant"}');
    const shown = async (more = {}) => (await call('GET', 'authorize', { query: { ...ASKED, ...more } })).body ?? '';
    expect([(await shown()).includes('checkbox'), (await shown(asOperator)).includes('checkbox')]).toEqual([
      false,
      true,
    ]);
  });

  it('a member who is in no books yet can sign in', async () => {
    const { pick, codeIn, redeem } = world();
    const { body } = await redeem(codeIn(await pick(['other', ' new-one '])));
    expect(await issuer.verify(JSON.parse(body ?? '').access_token)).toMatchObject({ sub: 'new-one', scope: '' });
  });

  it.each(['', 'a b', '<script>alert(1)</script>', 'x'.repeat(129), '..', '__proto__'])(
    'the picker asks again for %j, which is no member',
    async (other) => {
      const again = await world().pick(['other', other]);
      expect(again).toMatchObject({ statusCode: 400 });
      expect(again.body).toContain('role="alert"');
      expect(again.body).not.toContain('<script');
    },
  );

  it('the member stays signed in until sign-out, unless the page wants the picker', async () => {
    const { call, pickAsOperator } = world();
    const { cookies: [cookie = ''] = [] } = await pickAsOperator(['member', 'ada'], ['scope', 'support']);
    expect(cookie).toMatch(/^inmail-credits-signed-in=ada~support; Path=\/local\/sign-in; HttpOnly; SameSite=Lax$/);
    const [kept] = cookie.split(';');
    const again = await call('GET', 'authorize', { query: ASKED, cookie: `other=1; ${kept}` });
    expect(again).toMatchObject({ statusCode: 303 });
    const asking = await call('GET', 'authorize', { query: { ...ASKED, prompt: 'login' }, cookie: kept ?? '' });
    expect(asking).toMatchObject({ statusCode: 200 });
    const out = await call('GET', 'out', { query: { logout_uri: `${ORIGIN}/signed-out.html` } });
    expect(out).toMatchObject({ statusCode: 303, headers: { location: `${ORIGIN}/signed-out.html` } });
    expect(out.cookies?.[0]).toMatch(/^inmail-credits-signed-in=; Max-Age=0;/);
  });

  it.each(['ada.billing', 'auth0|5f7c8ec7', 'urn:li:person:ada', 'ada+news@example.org', 'a'.repeat(128)])(
    'the member %s stays signed in under exactly this id',
    async (memberId) => {
      const { call, pickAsOperator, asOperator, codeIn, redeem } = world();
      const { cookies: [cookie = ''] = [] } = await pickAsOperator(['other', memberId], ['scope', 'support']);
      const query = { ...ASKED, ...asOperator };
      const again = await call('GET', 'authorize', { query, cookie: cookie.split(';')[0] ?? '' });
      const { access_token } = JSON.parse((await redeem(codeIn(again), asOperator)).body ?? '');
      expect(await issuer.verify(access_token)).toMatchObject({ sub: memberId, scope: 'inmail-credits/support' });
    },
  );

  it('a silent sign-in without a signed-in member goes back with login_required', async () => {
    const silent = await world().call('GET', 'authorize', { query: { ...ASKED, prompt: 'none' } });
    expect(silent.headers?.location).toBe(`${ORIGIN}/?error=login_required&state=st%26te`);
  });
});

describe('a code', () => {
  it.each([
    { what: 'a code without its verifier', more: { code_verifier: 'w'.repeat(43) } },
    { what: 'a code for another page', more: { redirect_uri: 'http://localhost:4000/' } },
    { what: 'a made-up code', more: { code: 'x' } },
  ])('$what gets no token, and a spoilt real code gets none afterwards', async ({ more }) => {
    const { pick, codeIn, redeem } = world();
    const code = codeIn(await pick(['member', 'ada']));
    expect(await redeem(code, more)).toMatchObject({ statusCode: 400, body: '{"error":"invalid_grant"}' });
    expect((await redeem(code)).statusCode).toBe('code' in more ? 200 : 400);
  });

  it.each([
    { millis: 60_000, status: 200 },
    { millis: 60_001, status: 400 },
  ])('a code after $millis ms gets the status $status', async ({ millis, status }) => {
    const { pick, codeIn, redeem, wait } = world();
    const code = codeIn(await pick(['member', 'ada']));
    wait(millis);
    expect((await redeem(code)).statusCode).toBe(status);
  });

  it.each([
    { more: { grant_type: 'password' }, error: 'unsupported_grant_type' },
    { more: { grant_type: 'constructor' }, error: 'unsupported_grant_type' },
    { more: { client_id: 'other' }, error: 'invalid_client' },
    { more: { client_id: 'constructor' }, error: 'invalid_client' },
  ])('a code with $more gets no token', async ({ more, error }) => {
    expect((await world().redeem('x', more)).body).toBe(JSON.stringify({ error }));
  });
});

describe('a refresh token', () => {
  const DAY = 24 * 3_600_000;
  const HOUR = 3_600_000;

  async function signedIn() {
    const parts = world();
    const { pick, codeIn, redeem, renew } = parts;
    const read = ({ body = '' }: { body?: string | undefined }) => JSON.parse(body) as Record<string, string>;
    const first = read(await redeem(codeIn(await pick(['member', 'ada']))));
    const renewed = async (token = '') => read(await renew(token));
    return { ...parts, first: first.refresh_token ?? '', renewed };
  }

  it('a refresh token gets a new access token and a new refresh token', async () => {
    const { first, renewed } = await signedIn();
    const next = await renewed(first);
    expect(next.refresh_token).not.toBe(first);
    expect(next.expires_in).toBe(900);
    const { sub, iat = 0, exp = 0 } = (await issuer.verify(next.access_token ?? '')) ?? {};
    expect([sub, exp - iat]).toEqual(['ada', 900]);
  });

  it.each([
    { millis: 60_000, status: 200 },
    { millis: 60_001, status: 400 },
  ])('a refresh token gets the status $status $millis ms after its use', async ({ millis, status }) => {
    const { first, renew, wait } = await signedIn();
    await renew(first);
    wait(millis);
    expect((await renew(first)).statusCode).toBe(status);
  });

  it.each([
    { millis: DAY, status: 200 },
    { millis: DAY + 1, status: 400 },
  ])(
    "a member's refresh token gets the status $status $millis ms after sign-in, renewed or not",
    async ({ millis, status }) => {
      const { first, renewed, renew, wait } = await signedIn();
      wait(HOUR);
      const { refresh_token = '' } = await renewed(first);
      wait(millis - HOUR);
      expect((await renew(refresh_token)).statusCode).toBe(status);
    },
  );

  it.each([
    { millis: HOUR, status: 200 },
    { millis: HOUR + 1, status: 400 },
  ])("an operator's refresh token gets the status $status $millis ms after sign-in", async ({ millis, status }) => {
    const { pickAsOperator, codeIn, redeem, renew, wait, asOperator } = world();
    const code = codeIn(await pickAsOperator(['member', 'desk'], ['scope', 'support']));
    const { refresh_token, expires_in } = JSON.parse((await redeem(code, asOperator)).body ?? '');
    expect(expires_in).toBe(300);
    wait(millis);
    expect((await renew(refresh_token)).statusCode).toBe(400);
    const again = await renew(refresh_token, 'local-operators');
    expect(again.statusCode).toBe(status);
    if (status === 200)
      expect(await issuer.verify(JSON.parse(again.body ?? '').access_token)).toMatchObject({
        scope: 'inmail-credits/support',
      });
  });

  it('a revoked refresh token gets nothing, and neither do its successors', async () => {
    const { first, renewed, renew, revoke } = await signedIn();
    const { refresh_token = '' } = await renewed(first);
    const elsewhere = await signedIn();
    expect((await revoke(first)).statusCode).toBe(200);
    for (const token of [first, refresh_token]) expect((await renew(token)).statusCode).toBe(400);
    expect((await elsewhere.renew(elsewhere.first)).statusCode).toBe(200);
    expect((await revoke('none')).statusCode).toBe(200);
  });

  it('a made-up refresh token gets nothing', async () => {
    expect((await world().renew('x')).body).toBe('{"error":"invalid_grant"}');
  });
});

describe('refused redirects', () => {
  it.each([
    { why: 'a redirect to another site', change: { redirect_uri: 'https://evil.example/' } },
    { why: 'a redirect to another path', change: { redirect_uri: `${ORIGIN}/v1/plans` } },
    { why: 'a redirect for another client', change: { client_id: 'other' } },
  ])('$why is refused', async ({ change }) => {
    for (const method of ['GET', 'POST']) {
      const refused = await world().call(method, 'authorize', {
        query: { ...ASKED, ...change },
        form: [['member', 'ada']],
      });
      expect(refused).toMatchObject({ statusCode: 400 });
      expect(refused.headers).not.toHaveProperty('location');
    }
  });

  it.each(['https://evil.example/', 'https://evil.example/signed-out.html', `${ORIGIN}/`, `${ORIGIN}/v1/plans`])(
    'a redirect after sign-out to %s is refused',
    async (logout_uri) => {
      const refused = await world().call('GET', 'out', { query: { logout_uri } });
      expect(refused.statusCode).toBe(400);
    },
  );

  it.each([
    { change: { response_type: 'token' }, error: 'unsupported_response_type' },
    { change: { code_challenge_method: 'plain' }, error: 'invalid_request' },
    { change: { code_challenge: 'short' }, error: 'invalid_request' },
  ])('a request with $change goes back without a code, but with $error', async ({ change, error }) => {
    const back = await world().call('GET', 'authorize', { query: { ...ASKED, ...change } });
    const answer = new URL(String(back.headers?.location)).searchParams;
    expect([answer.get('error'), answer.get('state'), answer.get('code')]).toEqual([error, 'st&te', null]);
  });

  it.each([
    { host: 'evil.example' },
    { host: 'localhost:4000' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:4000' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'null' },
    { site: 'cross-site' },
    { site: 'same-site' },
  ])('a page with %j can neither sign in nor sign out', async (from) => {
    const { call } = world();
    const refused = await call('POST', 'authorize', { query: ASKED, form: [['member', 'ada']], ...from });
    expect(refused.statusCode).toBe(404);
    const out = await call('GET', 'out', { query: { logout_uri: `${ORIGIN}/signed-out.html` }, ...from });
    expect([out.statusCode, out.cookies]).toEqual([404, undefined]);
  });

  it.each([{}, { origin: ORIGIN, site: 'same-origin' }, { site: 'same-origin' }, { site: 'none' }])(
    'a page with %j can sign in and sign out',
    async (from) => {
      const { call } = world();
      const picked = await call('POST', 'authorize', { query: ASKED, form: [['member', 'ada']], ...from });
      expect(picked.statusCode).toBe(303);
      const out = await call('GET', 'out', { query: { logout_uri: `${ORIGIN}/signed-out.html` }, ...from });
      expect([out.statusCode, out.cookies?.length]).toEqual([303, 1]);
    },
  );
});

describe('the picker', () => {
  it('the picker runs no script, and cannot be framed', async () => {
    const { headers } = await world().call('GET', 'authorize', { query: ASKED });
    const policy = String(headers?.['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  it('the picker shows parts of the request as plain text', async () => {
    const { body } = await world().call('GET', 'authorize', { query: { ...ASKED, x: '"><img src=x>' } });
    expect(body).not.toContain('<img');
  });
});
