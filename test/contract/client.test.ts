import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../client/client.ts';

/** A gateway that keeps its requests and returns a prepared response. */
function gateway(answer: () => Response) {
  const asked: Request[] = [];
  const fetch = async (request: Request) => {
    asked.push(request);
    return answer();
  };
  return { asked, fetch };
}

const json = (body: unknown, status = 200) => Response.json(body, { status });
const baseUrl = 'https://api.example.org';

describe('the client', () => {
  it('the client sends its token, and asks for it anew at each request', async () => {
    const { asked, fetch } = gateway(() => json({ plans: [] }));
    let tokens = 0;
    const client = createApiClient({ baseUrl, fetch, token: async () => `token-${++tokens}` });
    await client.GET('/v1/plans');
    await client.GET('/v1/plans');
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('the client sends no token if it has none', async () => {
    const { asked, fetch } = gateway(() => json({ plans: [] }));
    await createApiClient({ baseUrl, fetch }).GET('/v1/plans');
    expect(asked[0]?.headers.has('authorization')).toBe(false);
  });

  it('the client fills in the path, the query, the headers and the body', async () => {
    const { asked, fetch } = gateway(() => json({}));
    const client = createApiClient({ baseUrl, fetch, token: 'token' });
    const path = { memberId: 'ada', product: 'premium' } as const;
    await client.GET('/v1/members/{memberId}/credits/{product}/ledger', { params: { path, query: { limit: 5 } } });
    await client.POST('/v1/inmails', {
      params: { header: { 'Idempotency-Key': 'first' } },
      body: { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' },
    });
    expect(asked.map(({ method, url }) => `${method} ${url.replace(baseUrl, '')}`)).toEqual([
      'GET /v1/members/ada/credits/premium/ledger?limit=5',
      'POST /v1/inmails',
    ]);
    expect(asked[1]?.headers.get('idempotency-key')).toBe('first');
    expect(await asked[1]?.json()).toMatchObject({ recipientId: 'bob' });
  });

  it('the client returns a refusal as a value, and its type tells which one', async () => {
    const refusal = { type: '/problems/response-pending', title: '', status: 409, inmailId: 'ada~bob~000001' };
    const { fetch } = gateway(() => json(refusal, 409));
    const { data, error } = await createApiClient({ baseUrl, fetch }).POST('/v1/inmails', {
      params: { header: { 'Idempotency-Key': 'second' } },
      body: { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' },
    });
    const locked = error && 'type' in error && error.type === '/problems/response-pending' ? error.inmailId : undefined;
    expect([data, locked]).toEqual([undefined, 'ada~bob~000001']);
  });
});
