import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../local/http/http-event.ts';
import { openIssuer } from '../../local/http/issuer.ts';
import { signInOf } from '../../local/http/sign-in.ts';
import { challengeOf } from '../../web/app/pkce.ts';

const ORIGIN = 'http://localhost:3000';
const VERIFIER = 'v'.repeat(43);
const ASKED = {
  response_type: 'code',
  client_id: 'local',
  redirect_uri: `${ORIGIN}/`,
  state: 'st&te',
  code_challenge: await challengeOf(VERIFIER),
  code_challenge_method: 'S256',
};
const issuer = await openIssuer();

type Given = {
  query?: Record<string, string>;
  form?: [string, string][];
  cookie?: string;
  origin?: string;
  host?: string;
};

function world() {
  let nowMillis = 0;
  const answer = signInOf({
    tokenFor: issuer.tokenFor,
    members: async () => ['ada', 'bob'],
    nowMillis: () => nowMillis,
  });
  const call = (method: string, name: string, { query = {}, form = [], cookie, origin, host }: Given = {}) => {
    const headers = {
      host: [host ?? 'localhost:3000'],
      ...(cookie && { cookie: [cookie] }),
      ...(origin && { origin: [origin] }),
    };
    const target = `/local/sign-in/${name}?${new URLSearchParams(query)}`;
    const body = Buffer.from(new URLSearchParams(form).toString());
    return answer({ method, target, headers, body, sourceIp: '127.0.0.1' } satisfies HttpRequest, 'one');
  };
  const codeIn = (result: { headers?: Record<string, unknown> | undefined }) =>
    new URL(String(result.headers?.location)).searchParams.get('code') ?? '';
  return {
    call,
    codeIn,
    pick: (...form: [string, string][]) => call('POST', 'authorize', { query: ASKED, form }),
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
  it('shows who one may be, and then goes back with a code that is worth their token, once', async () => {
    const { call, pick, codeIn, redeem } = world();
    const picker = await call('GET', 'authorize', { query: ASKED });
    expect(picker).toMatchObject({ statusCode: 200 });
    expect(picker.body).toContain('<button name="member" value="bob">bob</button>');

    const back = await pick(['member', 'ada'], ['scope', 'billing'], ['other', '']);
    expect(back).toMatchObject({ statusCode: 303 });
    expect(String(back.headers?.location)).toMatch(/^http:\/\/localhost:3000\/\?code=[\w-]{43}&state=st%26te$/);
    const first = await redeem(codeIn(back));
    expect(first).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    const { access_token } = JSON.parse(first.body ?? '');
    expect(await issuer.verify(access_token)).toMatchObject({ sub: 'ada', scope: 'inmail-credits/billing' });
    expect(await redeem(codeIn(back))).toMatchObject({ statusCode: 400, body: '{"error":"invalid_grant"}' });
  });

  it('takes a member who is in no books yet', async () => {
    const { pick, codeIn, redeem } = world();
    const { body } = await redeem(codeIn(await pick(['other', ' new-one '])));
    expect(await issuer.verify(JSON.parse(body ?? '').access_token)).toMatchObject({ sub: 'new-one', scope: '' });
  });

  it.each(['', 'a b', '<script>alert(1)</script>', 'x'.repeat(65)])(
    'asks again for %j, which is no member',
    async (other) => {
      const again = await world().pick(['other', other]);
      expect(again).toMatchObject({ statusCode: 400 });
      expect(again.body).toContain('role="alert"');
      expect(again.body).not.toContain('<script');
    },
  );

  it('knows the member again, until they sign out, and unless it is to ask', async () => {
    const { call, pick } = world();
    const { cookies: [cookie = ''] = [] } = await pick(['member', 'ada'], ['scope', 'support']);
    expect(cookie).toMatch(/^inmail-credits-member=ada\.support; Path=\/local\/sign-in; HttpOnly; SameSite=Lax$/);
    const [kept] = cookie.split(';');
    const again = await call('GET', 'authorize', { query: ASKED, cookie: `other=1; ${kept}` });
    expect(again).toMatchObject({ statusCode: 303 });
    const asking = await call('GET', 'authorize', { query: { ...ASKED, prompt: 'login' }, cookie: kept ?? '' });
    expect(asking).toMatchObject({ statusCode: 200 });
    const out = await call('GET', 'out', { query: { logout_uri: `${ORIGIN}/` } });
    expect(out).toMatchObject({ statusCode: 303, headers: { location: `${ORIGIN}/` } });
    expect(out.cookies?.[0]).toMatch(/^inmail-credits-member=; Max-Age=0;/);
  });

  it('may not ask where the page says so, and says that it would have to', async () => {
    const silent = await world().call('GET', 'authorize', { query: { ...ASKED, prompt: 'none' } });
    expect(silent.headers?.location).toBe(`${ORIGIN}/?error=login_required&state=st%26te`);
  });
});

describe('a code', () => {
  it.each([
    { what: 'without its verifier', more: { code_verifier: 'w'.repeat(43) } },
    { what: 'for another page', more: { redirect_uri: 'http://localhost:4000/' } },
    { what: 'made up', more: { code: 'x' } },
  ])('is worth nothing $what, and not afterwards', async ({ more }) => {
    const { pick, codeIn, redeem } = world();
    const code = codeIn(await pick(['member', 'ada']));
    expect(await redeem(code, more)).toMatchObject({ statusCode: 400, body: '{"error":"invalid_grant"}' });
    expect((await redeem(code)).statusCode).toBe('code' in more ? 200 : 400);
  });

  it.each([
    { millis: 60_000, status: 200 },
    { millis: 60_001, status: 400 },
  ])('after $millis ms is answered with $status', async ({ millis, status }) => {
    const { pick, codeIn, redeem, wait } = world();
    const code = codeIn(await pick(['member', 'ada']));
    wait(millis);
    expect((await redeem(code)).statusCode).toBe(status);
  });

  it.each([
    { more: { grant_type: 'password' }, error: 'unsupported_grant_type' },
    { more: { client_id: 'other' }, error: 'invalid_client' },
  ])('is not taken with $more', async ({ more, error }) => {
    expect((await world().redeem('x', more)).body).toBe(JSON.stringify({ error }));
  });
});

describe('nobody is sent', () => {
  it.each([
    { why: 'to another site', change: { redirect_uri: 'https://evil.example/' } },
    { why: 'to another path', change: { redirect_uri: `${ORIGIN}/v1/plans` } },
    { why: 'for another client', change: { client_id: 'other' } },
  ])('$why', async ({ change }) => {
    for (const method of ['GET', 'POST']) {
      const refused = await world().call(method, 'authorize', {
        query: { ...ASKED, ...change },
        form: [['member', 'ada']],
      });
      expect(refused).toMatchObject({ statusCode: 400 });
      expect(refused.headers).not.toHaveProperty('location');
    }
  });

  it('after signing out, to another site', async () => {
    const refused = await world().call('GET', 'out', { query: { logout_uri: 'https://evil.example/' } });
    expect(refused.statusCode).toBe(400);
  });

  it.each([
    { change: { response_type: 'token' }, error: 'unsupported_response_type' },
    { change: { code_challenge_method: 'plain' }, error: 'invalid_request' },
    { change: { code_challenge: 'short' }, error: 'invalid_request' },
  ])('back with a code for $change, but with $error', async ({ change, error }) => {
    const back = await world().call('GET', 'authorize', { query: { ...ASKED, ...change } });
    const answer = new URL(String(back.headers?.location)).searchParams;
    expect([answer.get('error'), answer.get('state'), answer.get('code')]).toEqual([error, 'st&te', null]);
  });

  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }, { origin: 'null' }])(
    'in from %j',
    async (from) => {
      const refused = await world().call('POST', 'authorize', { query: ASKED, form: [['member', 'ada']], ...from });
      expect(refused.statusCode).toBe(404);
    },
  );
});

describe('the picker', () => {
  it('runs no script, and cannot be framed', async () => {
    const { headers } = await world().call('GET', 'authorize', { query: ASKED });
    const policy = String(headers?.['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  it('shows as text what came with the request', async () => {
    const { body } = await world().call('GET', 'authorize', { query: { ...ASKED, x: '"><img src=x>' } });
    expect(body).not.toContain('<img');
  });
});
