/** The smoke test of a deployment, on a stage that answers as AWS does, whole and with one fault each. */
import { describe, expect, it } from 'vitest';
import { pagePolicy } from '../../shared/contract/page-policy.ts';
import { DOCUMENT_HEADERS, PRIVATE_HEADERS, PUBLIC_HEADERS } from '../../shared/contract/security-headers.ts';
import type { DateOnly } from '../../shared/domain/instant.ts';
import { CATALOGUE, grantOn } from '../../shared/domain/plans.ts';
import { type Deployed, smokeTest } from '../../tools/deploy/smoke.ts';

const API = 'https://api.example.org';
const SIGN_IN = 'https://sign-in.example.org';
const PAGE = 'https://d1.cloudfront.net/';

const STAGE = {
  apiUrl: API,
  signInUrl: SIGN_IN,
  machine: { clientId: 'machine', secret: 'secret', scope: 'billing' },
  page: { url: PAGE, membersClientId: 'members', operatorsClientId: 'operators' },
} as const satisfies Deployed;

type Request = { readonly authorization: string | null; readonly body: string };
type Site = Readonly<Record<string, (request: Request) => Response>>;

const HSTS = { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' };
const refused = (headers = {}) => Response.json({ message: 'Unauthorized' }, { status: 401, headers });
const withToken =
  (response: () => Response) =>
  ({ authorization }: Request) =>
    authorization === 'Bearer good' ? response() : refused();

const today = '2026-11-27' as DateOnly;
const PLANS = [...CATALOGUE.values()].map((plan) => {
  const { allotment, cap } = grantOn(plan, today);
  return { plan: plan.plan, product: plan.product, allotment, cap, renews: plan.renews };
});
const CONFIG = { clientId: 'members', operatorsClientId: 'operators', tokenUrl: `${SIGN_IN}/oauth2/token` };

const tokenOf = ({ authorization, body }: Request): Response => {
  const isRight =
    authorization === `Basic ${btoa('machine:secret')}` && body.endsWith('scope=inmail-credits%2Fbilling');
  return isRight
    ? Response.json({ access_token: 'good' })
    : Response.json({ error: 'invalid_client' }, { status: 400 });
};
const page = (more: Readonly<Record<string, string>> = {}) => {
  const policy = { 'content-security-policy': pagePolicy(SIGN_IN) };
  const headers = { ...PUBLIC_HEADERS, ...DOCUMENT_HEADERS, ...HSTS, ...policy, ...more };
  return new Response('<script type="module" src="/assets/one.js"></script>', { headers });
};

const CREDITS = `${API}/v1/members/smoke-test/credits`;
const WHOLE: Site = {
  [`${API}/v1/plans`]: withToken(() => Response.json({ plans: PLANS })),
  [CREDITS]: withToken(() => Response.json({ memberId: 'smoke-test', asOf: '2026-11-27T12:00:00.000Z', credits: [] })),
  [`${SIGN_IN}/oauth2/token`]: tokenOf,
  [PAGE]: () => page(),
  [`${PAGE}config.json`]: () => Response.json(CONFIG),
  [`${PAGE}v1/plans`]: () => refused({ ...PRIVATE_HEADERS, ...HSTS }),
};

/** What is wrong with the site, and how often the test had to wait. */
async function tried(site: Site, deployed: Deployed = STAGE) {
  const faults: string[] = [];
  const looks: string[] = [];
  let pauses = 0;
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const answer = site[url];
    if (!answer) throw new TypeError('fetch failed', { cause: new Error(`getaddrinfo ENOTFOUND ${url}`) });
    return answer({ authorization: new Headers(init.headers).get('authorization'), body: String(init.body ?? '') });
  };
  const isGood = await smokeTest(deployed, {
    fetch,
    pause: async () => {
      pauses += 1;
    },
    onProbe: (name, fault) => {
      looks.push(name);
      if (fault !== undefined) faults.push(fault);
    },
  });
  expect(isGood).toBe(faults.length === 0);
  return { faults, looks, pauses };
}

const without = (url: string): Site => Object.fromEntries(Object.entries(WHOLE).filter(([one]) => one !== url));

describe('the smoke test', () => {
  it('the smoke test finds nothing in a stage that serves', async () => {
    expect(await tried(WHOLE)).toMatchObject({ faults: [], pauses: 0, looks: { length: 4 } });
  });

  it.each<[string, Site, RegExp]>([
    ['an API that is open', { [`${API}/v1/plans`]: () => Response.json({ plans: PLANS }) }, /without a token got 200/],
    [
      'an API that knows one plan too few',
      { [`${API}/v1/plans`]: withToken(() => Response.json({ plans: PLANS.slice(1) })) },
      /\/v1\/plans named premium-business,/,
    ],
    [
      'an API that cannot read its table',
      { [CREDITS]: withToken(() => Response.json({ title: 'Internal error' }, { status: 500 })) },
      /credits got 500, not 200: {"title":"Internal error"}/,
    ],
    ['an API that does not let the machine in', { [CREDITS]: () => refused() }, /credits got 401, not 200/],
    [
      'a sign-in that knows another secret',
      { [`${SIGN_IN}/oauth2/token`]: () => Response.json({ error: 'invalid_client' }, { status: 400 }) },
      /the token of the machine: .* got 400, not 200: {"error":"invalid_client"}/,
    ],
    [
      'a page that is not there',
      { [PAGE]: () => new Response('AccessDenied', { status: 403 }) },
      /got 403, and no page/,
    ],
    ['a page without its policy', { [PAGE]: () => page({ 'content-security-policy': '' }) }, /content-security-policy/],
    [
      'a page that browsers may fetch in plain text',
      { [PAGE]: () => page({ 'strict-transport-security': 'max-age=1' }) },
      /max-age=1/,
    ],
    [
      'a page whose clients were replaced (D2)',
      { [`${PAGE}config.json`]: () => Response.json({ ...CONFIG, clientId: 'before' }) },
      /nobody could sign in/,
    ],
    [
      'a page that shows an error page for its configuration',
      { [`${PAGE}config.json`]: () => new Response('<html>') },
      /config\.json answered with something else: <html>/,
    ],
    [
      'a page that does not lead to the API',
      { [`${PAGE}v1/plans`]: () => page() },
      /v1\/plans without a token got 200/,
    ],
    ['an API that caches may keep', { [`${PAGE}v1/plans`]: () => refused(HSTS) }, /cache-control: \(none\)/],
  ])('the smoke test finds %s', async (_, changed, fault) => {
    const { faults, pauses } = await tried({ ...WHOLE, ...changed });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
    expect(pauses).toBe(11);
  });

  it('the smoke test says why an address cannot be reached', async () => {
    expect((await tried(without(PAGE))).faults).toEqual([`fetch failed: getaddrinfo ENOTFOUND ${PAGE}`]);
  });

  it('the smoke test waits for an address that AWS does not know everywhere yet', async () => {
    let calls = 0;
    const late = () => {
      calls += 1;
      return calls < 3 ? new Response('', { status: 404 }) : page();
    };
    expect(await tried({ ...WHOLE, [PAGE]: late })).toMatchObject({ faults: [], pauses: 2 });
  });

  it('the smoke test looks at neither page nor machine where the stage has none', async () => {
    const { faults, looks } = await tried(
      { [`${API}/v1/plans`]: () => refused() },
      { ...STAGE, page: undefined, machine: undefined },
    );
    expect([faults, looks]).toEqual([[], ['the API refuses a caller without a token']]);
  });
});
