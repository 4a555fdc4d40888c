import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { type Call, failCommits, TestSystem } from '../support/system.ts';

const START = '2024-03-01T12:00:00Z';
const PATHS: Record<string, string> = {
  memberId: 'ada',
  product: 'premium',
  otherId: 'bob',
  inmailId: 'ada~bob~000001',
};

/** A request of each route that is right in all its parts. */
function rightCall(name: EndpointName): Call {
  const route = ENDPOINTS.find((row) => row.name === name);
  const parameters = [...(route?.path.matchAll(/\{(\w+)\}/g) ?? [])].map(([, parameter = '']) => parameter);
  const path = Object.fromEntries(parameters.map((parameter) => [parameter, PATHS[parameter] ?? '']));
  const more: { [name in EndpointName]?: Call } = {
    'put-subscription': { body: { plan: 'premium-career' } },
    'send-inmail': {
      headers: { 'idempotency-key': 'k' },
      body: { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' },
    },
    'list-inmails': { query: { box: 'sent' } },
    'respond-to-inmail': { as: 'bob', body: { type: 'accept' } },
  };
  return { as: 'ada', scopes: route?.access === 'billing' ? ['billing'] : [], path, ...more[name] };
}

async function withInMail(): Promise<TestSystem> {
  const system = new TestSystem(START);
  await system.subscribe('ada', 'premium-career');
  await system.send('ada', 'bob', { key: 'k', subject: 'Hello' });
  return system;
}

/** The routes that look at the caller and the scopes. The contract is the same for every caller. */
const GUARDED = ENDPOINTS;

describe('every route', () => {
  it.each(GUARDED.map(({ name }) => name))('%s gives a success to a right request', async (name) => {
    const system = await withInMail();
    const call = rightCall(name);
    const body = name === 'send-inmail' ? { ...(call.body as object), recipientId: 'carol' } : call.body;
    const { status } = await system.call(name, { ...call, body, headers: { 'idempotency-key': 'k2' } });
    expect([200, 201, 204]).toContain(status);
    expect(system.audit()).toEqual([]);
  });

  it.each(GUARDED.map(({ name }) => name))('%s refuses a request without claims', async (name) => {
    const { status, json } = await (await withInMail()).call(name, { ...rightCall(name), as: undefined });
    expect([status, json.type]).toEqual([401, '/problems/unauthenticated']);
  });

  it.each(['', ' ', 'a b', 'x'.repeat(129), '..', '__proto__', '__proto__ ', 'ada#premium', 'ada~bob', 'é'])(
    'a request with %j as its member is refused',
    async (as) => {
      expect((await new TestSystem(START).call('list-plans', { as })).status).toBe(401);
    },
  );

  it('an ID token is refused, because it does not say what its member may do', async () => {
    const { status } = await new TestSystem(START).call('list-plans', { as: 'ada', tokenUse: 'id' });
    expect(status).toBe(401);
  });

  it.each(GUARDED.map(({ name }) => name))(
    '%s refuses an unknown query parameter and an unknown path',
    async (name) => {
      const call = rightCall(name);
      const system = await withInMail();
      const { status, json } = await system.call(name, { ...call, query: { ...call.query, surprise: '1' } });
      expect(status).toBe(400);
      expect(json.errors).toContainEqual({ in: 'query', pointer: '/surprise', detail: 'unknown field' });
    },
  );
});

describe('scopes', () => {
  const billing = ENDPOINTS.filter(({ access }) => access === 'billing').map(({ name }) => name);
  it.each(billing)('%s needs the scope billing', async (name) => {
    const system = await withInMail();
    const before = JSON.stringify(system.books.books());
    for (const scopes of [[], ['support']] as const) {
      const { status, json } = await system.call(name, { ...rightCall(name), scopes });
      expect([status, json.type]).toEqual([403, '/problems/forbidden']);
    }
    expect(JSON.stringify(system.books.books())).toBe(before);
  });

  const books = ENDPOINTS.filter(({ access }) => access === 'books').map(({ name }) => name);
  it.each(books)('%s shows another member’s books to support and billing, and to no other member', async (name) => {
    const system = await withInMail();
    const other = { ...rightCall(name), as: 'eve' };
    const refused = await system.call(name, other);
    const absent = await system.call(name, { ...other, path: { ...other.path, memberId: 'nobody' } });
    expect(refused.status).toBe(404);
    expect(refused.text).toBe(absent.text);
    for (const scopes of [['support'], ['billing']] as const) {
      expect((await system.call(name, { ...other, scopes })).status).toBe(200);
    }
  });
});

describe('a body', () => {
  const send =
    (body: unknown, headers = {}) =>
    async (system: TestSystem) =>
      system.call('send-inmail', { as: 'ada', headers: { 'idempotency-key': 'k3', ...headers }, body });
  const right = { product: 'premium', recipientId: 'carol', subject: 'Hello', body: 'Talk?' };

  it.each([
    ['not JSON', '{"product":', 400, 'malformed-json'],
    ['empty', '', 400, 'malformed-json'],
    ['null', 'null', 400, 'invalid-request'],
    ['a list', '[]', 400, 'invalid-request'],
    ['too large', JSON.stringify({ ...right, body: 'x'.repeat(17_000) }), 413, 'payload-too-large'],
  ])('a body that is %s is refused', async (_, body, status, slug) => {
    const answer = await send(body)(await withInMail());
    expect([answer.status, answer.json.type, answer.json.status]).toEqual([status, `/problems/${slug}`, status]);
  });

  it('a body of another content type is refused', async () => {
    const answer = await send(JSON.stringify(right), { 'content-type': 'text/plain' })(await withInMail());
    expect([answer.status, answer.json.type]).toEqual([415, '/problems/unsupported-media-type']);
  });

  it.each([
    ['/recipientId', { recipientId: 'a b' }],
    ['/recipientId', { recipientId: 7 }],
    ['/product', { product: 'gold' }],
    ['/subject', { subject: '' }],
    ['/subject', { subject: 'x'.repeat(201) }],
    ['/body', { body: 'x'.repeat(1_901) }],
    ['/body', { body: undefined }],
    ['/senderId', { senderId: 'eve' }],
  ])('a body is refused at %s: %j', async (pointer, change) => {
    const system = await withInMail();
    const { status, json } = await send({ ...right, ...change })(system);
    expect([status, json.errors]).toEqual([400, [expect.objectContaining({ in: 'body', pointer })]]);
    expect(system.books.books().inmails).toHaveLength(1);
  });

  it('a refused body gets every fault at once', async () => {
    const { json } = await send({ product: 'gold', recipientId: '', subject: '', body: '' })(await withInMail());
    const pointers = json.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/product', '/recipientId', '/subject', '/body']);
  });

  it("a body's characters are counted as people count them", async () => {
    const { status } = await send({ ...right, subject: '🙂'.repeat(200) })(await withInMail());
    expect(status).toBe(201);
  });
});

describe('faults of the system', () => {
  it('a race lost a few times is run again, with growing pauses', async () => {
    const system = await withInMail();
    let losses = 3;
    failCommits(system, () => (losses-- > 0 ? new LostRaceError('lost') : undefined));
    expect((await system.send('ada', 'carol')).status).toBe(201);
    expect(system.pauses).toEqual([10, 20, 40]);
    expect(system.audit()).toEqual([]);
  });

  it.each([
    ['a race that is lost every time', () => new LostRaceError('lost')],
    ['a table that is throttled', () => new BusyError('throttled')],
  ])('%s gives a 503 that allows another try', async (_, error) => {
    const system = await withInMail();
    failCommits(system, error);
    const { status, headers, json } = await system.send('ada', 'carol', { key: 'k9' });
    expect([status, json.type, headers['retry-after']]).toEqual([503, '/problems/busy', '1']);
    failCommits(system, () => undefined);
    expect((await system.send('ada', 'carol', { key: 'k9' })).status).toBe(201);
  });

  it('our own fault gives a 500 and reveals nothing about it', async () => {
    const system = await withInMail();
    failCommits(system, () => new Error('secret table arn:aws:dynamodb'));
    const { status, json } = await system.send('ada', 'carol');
    expect(status).toBe(500);
    expect(json).toEqual({ type: '/problems/internal-error', title: 'Something went wrong on our side', status: 500 });
  });

  it('a response that was lost after the write is the same the next time', async () => {
    const system = await withInMail();
    const { books } = system;
    const transact = MemoryStore.prototype.transact.bind(books);
    let isLost = true;
    books.transact = async (changes) => {
      await transact(changes);
      if (isLost) throw new BusyError('the answer was lost');
    };
    expect((await system.send('ada', 'carol', { key: 'k9' })).status).toBe(503);
    isLost = false;
    const again = await system.send('ada', 'carol', { key: 'k9' });
    expect(again.json).toMatchObject({ inmail: { inmailId: 'ada~carol~000001' }, credits: { balance: 3 } });
    expect(await system.balanceOf('ada')).toBe(3);
    expect(system.audit()).toEqual([]);
  });
});
