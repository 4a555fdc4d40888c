import { describe, expect, it } from 'vitest';
import { TestSystem } from '../support/system.ts';

const START = '2024-05-02T09:00:00Z';

async function withCareer(start = START): Promise<TestSystem> {
  const system = new TestSystem(start);
  await system.subscribe('ada', 'premium-career');
  return system;
}

describe('sending an InMail', () => {
  it('a send gets a 201 with the InMail and the credits left', async () => {
    const system = await withCareer();
    const answer = await system.send('ada', 'bob');
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe('/v1/inmails/ada~bob~000001');
    expect(answer.json).toEqual({
      inmail: {
        inmailId: 'ada~bob~000001',
        senderId: 'ada',
        recipientId: 'bob',
        product: 'premium',
        subject: 'Hello',
        body: 'Would you like to talk?',
        status: 'pending',
        sentAt: '2024-05-02T09:00:00.000Z',
        returnableUntil: '2024-07-31T09:00:00.000Z',
        credit: 'pending',
      },
      credits: {
        memberId: 'ada',
        product: 'premium',
        asOf: '2024-05-02T09:00:00.000Z',
        plan: 'premium-career',
        balance: 4,
        cap: 15,
        allotment: 5,
        nextRenewal: { at: '2024-06-02T00:00:00.000Z', brings: 5, forfeits: 0 },
      },
    });
    expect(system.audit()).toEqual([]);
  });

  it('a send writes the due renewals first, at their own midnights', async () => {
    const system = await withCareer();
    await system.at('2024-07-03T08:00:00Z').send('ada', 'bob');
    const { entries } = system.books.books();
    expect(entries.map(({ type, at, balance }) => [type, at, balance])).toEqual([
      ['subscribed', '2024-05-02T09:00:00.000Z', 5],
      ['renewed', '2024-06-02T00:00:00.000Z', 10],
      ['renewed', '2024-07-02T00:00:00.000Z', 15],
      ['sent', '2024-07-03T08:00:00.000Z', 14],
    ]);
    expect(system.audit()).toEqual([]);
  });

  it('a send works for a wallet that was untouched for ten years', async () => {
    const system = await withCareer();
    expect((await system.at('2034-05-03T08:00:00Z').send('ada', 'bob')).json.credits.balance).toBe(14);
    expect(system.books.books().entries).toHaveLength(122);
    expect(system.audit()).toEqual([]);
  });
});

describe('a refused send', () => {
  /** All refusals could apply at once. Each case then lifts the reasons before its own. */
  async function withEveryReason(): Promise<TestSystem> {
    const system = await withCareer();
    for (const other of ['b1', 'b2', 'b3', 'b4', 'bob']) await system.send('ada', other);
    await system.call('put-connection', { as: 'desk', scopes: ['billing'], path: { memberId: 'ada', otherId: 'bob' } });
    return system;
  }

  it('a refused send gets the first reason of R8 that applies', async () => {
    const system = await withEveryReason();
    await system.cancel('ada', 'premium');
    const refusal = async (recipientId = 'bob') => {
      const { status, json } = await system.send('ada', recipientId);
      return { status, type: json.type, rule: json.rule, inmailId: json.inmailId };
    };
    expect(await refusal('ada')).toEqual({ status: 422, type: '/problems/self-inmail', rule: 'R8' });
    expect(await refusal()).toEqual({ status: 409, type: '/problems/no-active-subscription', rule: 'R8' });
    await system.subscribe('ada', 'premium-career');
    for (const other of ['c1', 'c2', 'c3', 'c4', 'c5']) await system.send('ada', other);
    expect(await refusal()).toEqual({ status: 409, type: '/problems/already-connected', rule: 'R14' });
    await system.call('delete-connection', {
      as: 'desk',
      scopes: ['billing'],
      path: { memberId: 'ada', otherId: 'bob' },
    });
    const locked = { status: 409, type: '/problems/response-pending', rule: 'R9', inmailId: 'ada~bob~000001' };
    expect(await refusal()).toEqual(locked);
    await system.respond('bob', 'ada~bob~000001');
    expect(await refusal()).toEqual({ status: 409, type: '/problems/insufficient-credits', rule: 'R7' });
  });

  it('a refused send gets the time of the next credits', async () => {
    const system = await withEveryReason();
    const { json } = await system.send('ada', 'carol');
    expect(json.nextRenewal).toEqual({ at: '2024-06-02T00:00:00.000Z', brings: 5, forfeits: 0 });
  });

  it('a refused send changes nothing', async () => {
    const system = await withEveryReason();
    const before = JSON.stringify(system.books.books());
    for (const recipientId of ['ada', 'bob', 'b1', 'carol']) {
      expect((await system.send('ada', recipientId)).status).toBeGreaterThanOrEqual(409);
    }
    expect((await system.send('ada', 'carol', { product: 'recruiter' })).status).toBe(409);
    expect(JSON.stringify(system.books.books())).toBe(before);
  });

  it('a refused send is judged anew when the same key comes again', async () => {
    const system = await withCareer();
    await system.cancel('ada', 'premium');
    expect((await system.send('ada', 'bob', { key: 'k' })).status).toBe(409);
    await system.subscribe('ada', 'premium-career');
    expect((await system.send('ada', 'bob', { key: 'k' })).status).toBe(201);
  });
});

describe('an Idempotency-Key', () => {
  it('an Idempotency-Key gets the first response byte for byte, whatever has happened since', async () => {
    const system = await withCareer();
    const first = await system.send('ada', 'bob', { key: 'k' });
    const replayed = async () => expect((await system.send('ada', 'bob', { key: 'k' })).text).toBe(first.text);
    await replayed();
    for (const other of ['b1', 'b2', 'b3', 'b4']) await system.send('ada', other);
    await replayed();
    await system.at('2024-05-06T09:00:00Z').sweep('remind-recipients');
    await system.respond('bob', 'ada~bob~000001');
    await replayed();
    expect((await system.send('ada', 'bob', { key: 'k2' })).json.inmail.inmailId).toBe('ada~bob~000002');
    await replayed();
    await system.cancel('ada', 'premium');
    await replayed();
    await system.call('put-connection', { as: 'desk', scopes: ['billing'], path: { memberId: 'ada', otherId: 'bob' } });
    await system.at('2025-05-06T09:00:00Z');
    await replayed();
    expect(system.books.books().inmails.filter(({ idempotencyKey }) => idempotencyKey === 'k')).toHaveLength(1);
    expect(system.audit()).toEqual([]);
  });

  it.each([
    ['abc', '"abc"'],
    ['"abc"', 'abc'],
    ['a:b/c+d=', '"a:b/c+d="'],
    ['k'.repeat(255), `"${'k'.repeat(255)}"`],
    ['"a\\\\b"', '"a\\\\b"'],
  ])('an Idempotency-Key is the same as %s and as %s', async (one, other) => {
    const system = await withCareer();
    const first = await system.send('ada', 'bob', { key: one });
    const again = await system.send('ada', 'bob', { key: other });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(await system.balanceOf('ada')).toBe(4);
  });

  it.each([
    ['abc', 'ABC'],
    ['"a"', '"a "'],
    ['"a\\"b"', '"a\\\\b"'],
  ])('an Idempotency-Key is another one as %s than as %s', async (one, other) => {
    const system = await withCareer();
    await system.send('ada', 'bob', { key: one });
    expect((await system.send('ada', 'bob', { key: other })).json.type).toBe('/problems/response-pending');
  });

  it('a repeated response differs from the first one by a header only', async () => {
    const system = await withCareer();
    const first = await system.send('ada', 'bob', { key: 'k' });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    const { status, headers, text } = await system.send('ada', 'bob', { key: 'k' });
    expect({ status, headers, text }).toEqual({
      status: 201,
      headers: { ...first.headers, 'idempotency-replayed': 'true' },
      text: first.text,
    });
  });

  it.each([
    ['a refused send', (system: TestSystem) => system.send('ada', 'bob', { key: 'other' })],
    ['a send of another request', (system: TestSystem) => system.send('ada', 'bob', { key: 'k', subject: 'Other' })],
  ])('%s replays nothing, and has no header of a replay', async (_, send) => {
    const system = await withCareer();
    await system.send('ada', 'bob', { key: 'k' });
    expect((await send(system)).headers).not.toHaveProperty('idempotency-replayed');
  });

  it.each([
    ['the last InMail', 'k2'],
    ['an earlier InMail', 'k1'],
  ])('the Idempotency-Key of %s refuses another request', async (_, key) => {
    const system = await withCareer();
    await system.send('ada', 'bob', { key: 'k1' });
    await system.respond('bob', 'ada~bob~000001');
    await system.send('ada', 'bob', { key: 'k2' });
    const { status, json } = await system.send('ada', 'bob', { key, subject: 'Another' });
    expect({ status, type: json.type }).toEqual({ status: 422, type: '/problems/idempotency-key-reused' });
  });

  it('an Idempotency-Key leaves nothing made from the written text, because a guess could be tried against it', async () => {
    const kept = async (words: { subject: string }) => {
      const system = await withCareer();
      await system.send('ada', 'bob', { key: 'k', ...words });
      return system.books.books();
    };
    const [one, other] = [await kept({ subject: 'A guess' }), await kept({ subject: 'Another' })];
    expect(one.entries).toEqual(other.entries);
    expect(one.inmails).toEqual(other.inmails.map((inmail) => ({ ...inmail, subject: 'A guess' })));
  });

  it("another sender's Idempotency-Key is another key", async () => {
    const system = await withCareer();
    await system.subscribe('eve', 'premium-career');
    await system.send('ada', 'bob', { key: 'k' });
    expect((await system.send('eve', 'bob', { key: 'k' })).json.inmail.senderId).toBe('eve');
  });

  it.each([
    ['', 'idempotency-key-required'],
    ['""', 'idempotency-key-invalid'],
    ['"abc', 'idempotency-key-invalid'],
    ['a b', 'idempotency-key-invalid'],
    ['one, two', 'idempotency-key-invalid'],
    ['"one", "two"', 'idempotency-key-invalid'],
    ['k'.repeat(256), 'idempotency-key-invalid'],
    ['clé', 'idempotency-key-invalid'],
    ['"clé"', 'idempotency-key-invalid'],
    [`"${'k'.repeat(256)}"`, 'idempotency-key-invalid'],
    ['one,two', 'idempotency-key-invalid'],
    ['one,one', 'idempotency-key-invalid'],
    ['"one","one"', 'idempotency-key-invalid'],
    ['"one", one', 'idempotency-key-invalid'],
    [',', 'idempotency-key-invalid'],
    ['abc"', 'idempotency-key-invalid'],
    ['"', 'idempotency-key-invalid'],
    ['"a"b"', 'idempotency-key-invalid'],
    ['"a\\b"', 'idempotency-key-invalid'],
    ['"a\\"', 'idempotency-key-invalid'],
    ['"a\tb"', 'idempotency-key-invalid'],
    ['"a\u0000"', 'idempotency-key-invalid'],
    ["'abc'", 'idempotency-key-invalid'],
    ['"abc";a=1', 'idempotency-key-invalid'],
    ['("abc")', 'idempotency-key-invalid'],
    ['?1', 'idempotency-key-invalid'],
    [' abc', 'idempotency-key-invalid'],
  ])('the Idempotency-Key %j is refused as %s', async (key, slug) => {
    const system = await withCareer();
    const { status, json } = await system.send('ada', 'bob', { key });
    expect({ status, type: json.type }).toEqual({ status: 400, type: `/problems/${slug}` });
  });

  it.each(['k'.repeat(255), '"a \\"b\\" \\\\ c"', '8e03978e-40d5-43dd-bc93-6894a57f9324'])(
    'an Idempotency-Key may be %j',
    async (key) => {
      const system = await withCareer();
      expect((await system.send('ada', 'bob', { key })).status).toBe(201);
    },
  );
});
