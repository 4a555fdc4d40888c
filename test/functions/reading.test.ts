import { describe, expect, it } from 'vitest';
import { CATALOGUE, grantOn } from '../../shared/domain/plans.ts';
import { day } from '../support/domain-builders.ts';
import { TestSystem } from '../support/system.ts';

const premium = (memberId: string) => ({ memberId, product: 'premium' });

describe('credits', () => {
  it('the credits are exact at any instant, past and future, whether or not a job has run (R6)', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.at('2024-03-02T10:00:00Z').send('ada', 'bob');
    await system.at('2024-03-10T10:00:00Z').send('ada', 'carol');
    const seen = async (at?: string) => {
      const query = at ? { query: { at } } : {};
      return (await system.call('get-credits', { as: 'ada', path: premium('ada'), ...query })).json;
    };
    const balances: [string, number, number][] = [
      ['2024-01-31T15:00:00Z', 5, 0],
      ['2024-02-28T23:59:59.999Z', 5, 0],
      ['2024-02-29T00:00:00Z', 10, 0],
      ['2024-03-02T09:59:59.999Z', 10, 0],
      ['2024-03-02T10:00:00Z', 9, 1],
      ['2024-03-10T14:00:00+04:00', 8, 2],
      ['2024-03-10T14:00:00 04:00', 8, 2],
      ['2024-03-31T00:00:00Z', 13, 2],
      ['2024-04-30T00:00:00Z', 15, 2],
      ['2024-05-31T10:00:00.000Z', 15, 2],
      ['2024-05-31T10:00:00.001Z', 15, 1],
    ];
    for (const [at, balance, pending] of balances) {
      const { balance: got, pendingReturns } = await seen(at);
      expect([at, got, pendingReturns.length]).toEqual([at, balance, pending]);
    }
    expect(await seen('2999-12-31T23:59:59Z')).toMatchObject({ balance: 15, asOf: '2999-12-31T23:59:59.000Z' });
    expect((await seen()).pendingReturns).toEqual([
      {
        inmailId: 'ada~bob~000001',
        recipientId: 'bob',
        sentAt: '2024-03-02T10:00:00.000Z',
        returnableUntil: '2024-05-31T10:00:00.000Z',
      },
      expect.objectContaining({ inmailId: 'ada~carol~000001' }),
    ]);
  });

  it('the credits do not exist before the first subscription', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const call = { as: 'ada', path: premium('ada'), query: { at: '2024-01-31T14:59:59.999Z' } };
    expect((await system.call('get-credits', call)).status).toBe(404);
    const { json } = await system.call('list-credits', { ...call, path: { memberId: 'ada' } });
    expect(json).toEqual({ memberId: 'ada', asOf: '2024-01-31T14:59:59.999Z', credits: [] });
  });

  it('the credits are listed for every present and past product of a member', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.subscribe('ada', 'recruiter-lite');
    await system.cancel('ada', 'recruiter');
    const { json } = await system.call('list-credits', { as: 'ada', path: { memberId: 'ada' } });
    expect(json.credits.map((credits: { product: string; plan: string }) => [credits.product, credits.plan])).toEqual([
      ['premium', 'premium-career'],
      ['recruiter', null],
    ]);
  });

  it('the credits show as pending returns only what can still come back', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-business');
    for (const recipient of ['bob', 'carol', 'dave']) await system.send('ada', recipient);
    await system.respond('bob', 'ada~bob~000001');
    const pending = async () => {
      const { json } = await system.call('get-credits', { as: 'ada', path: premium('ada') });
      return json.pendingReturns.map(({ recipientId }: { recipientId: string }) => recipientId);
    };
    expect(await pending()).toEqual(['carol', 'dave']);
    await system.subscribe('ada', 'premium-career');
    expect(await pending()).toEqual([]);
    await system.send('ada', 'erin');
    expect(await pending()).toEqual(['erin']);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01',
    '1767225600',
    '',
    '3000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ])('the credits at %j are refused, because that is no instant', async (at) => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const { status, json } = await system.call('get-credits', { as: 'ada', path: premium('ada'), query: { at } });
    expect([status, json.errors?.[0]]).toEqual([400, expect.objectContaining({ in: 'query', pointer: '/at' })]);
  });
});

describe('the ledger', () => {
  async function withHistory(): Promise<TestSystem> {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    for (const recipient of ['bob', 'carol']) await system.send('ada', recipient);
    return system.at('2024-05-01T00:00:00Z');
  }
  const list = (system: TestSystem, query: Record<string, string> = {}) =>
    system.call('list-ledger', { as: 'ada', path: premium('ada'), query });

  it('the ledger shows renewals that are due but not written, byte for byte as they will be written', async () => {
    const system = await withHistory();
    const before = await list(system);
    expect(before.json.entries.map(({ seq, type }: { seq: number; type: string }) => [seq, type])).toEqual([
      [6, 'renewed'],
      [5, 'renewed'],
      [4, 'renewed'],
      [3, 'sent'],
      [2, 'sent'],
      [1, 'subscribed'],
    ]);
    await system.sweep('renew-wallets');
    expect(system.books.books().entries).toHaveLength(6);
    expect((await list(system)).text).toBe(before.text);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'the ledger comes in pages of results of %i, without gap or repetition',
    async (limit) => {
      const system = await withHistory();
      const seqs: number[] = [];
      let cursor: string | undefined;
      do {
        const { json } = await list(system, { limit: String(limit), ...(cursor && { cursor }) });
        expect(json.entries.length).toBeLessThanOrEqual(limit);
        seqs.push(...json.entries.map(({ seq }: { seq: number }) => seq));
        cursor = json.nextCursor;
      } while (cursor);
      expect(seqs).toEqual([6, 5, 4, 3, 2, 1]);
    },
  );

  it('the ledger comes as CSV on request', async () => {
    const { headers, text } = await list(await withHistory(), { format: 'csv', limit: '2' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.link).toMatch(/^<\?format=csv&limit=2&cursor=[\w-]+>; rel="next"$/);
    expect(text.split('\r\n')).toEqual([
      'memberId,product,seq,at,type,delta,balance,forfeited,term,plan,rule,inmailId',
      'ada,premium,6,2024-04-30T00:00:00.000Z,renewed,2,15,3,1,premium-career,R2,',
      'ada,premium,5,2024-03-31T00:00:00.000Z,renewed,5,13,0,1,premium-career,R2,',
      '',
    ]);
  });

  it.each(['x', 'e30', Buffer.from('{"fromSeq":-1}').toString('base64url'), Buffer.from('[]').toString('base64url')])(
    'the ledger refuses the cursor %j',
    async (cursor) => {
      const { status, json } = await list(await withHistory(), { cursor });
      expect([status, json.type]).toEqual([400, '/problems/invalid-cursor']);
    },
  );

  it.each(['0', '-1', '101', '10;', '1,2', '1.5', ' 5', '05'])('the ledger refuses the limit %j', async (limit) => {
    const { status, json } = await list(await withHistory(), { limit });
    expect([status, json.errors?.[0]?.pointer]).toEqual([400, '/limit']);
  });
});

describe('the boxes', () => {
  async function withLetters(): Promise<TestSystem> {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-business');
    await system.subscribe('ada', 'recruiter-lite');
    for (let hour = 13; hour < 20; hour += 1) {
      const product = hour % 2 ? 'premium' : 'recruiter';
      await system.at(`2024-03-01T${hour}:00:00Z`).send('ada', `bob${hour}`, { product });
    }
    await system.subscribe('bob13', 'premium-career');
    await system.send('bob13', 'bob14');
    return system;
  }
  async function pages(system: TestSystem, as: string, box: string, limit: number): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { box, limit: String(limit), ...(cursor && { cursor }) };
      const { json } = await system.call('list-inmails', { as, query });
      ids.push(...json.inmails.map(({ inmailId }: { inmailId: string }) => inmailId));
      cursor = json.nextCursor;
    } while (cursor);
    return ids;
  }

  it.each([1, 2, 3, 100])(
    'the sent box lists InMails of all products, newest first, in pages of results of %i',
    async (limit) => {
      const system = await withLetters();
      const newestFirst = [19, 18, 17, 16, 15, 14, 13].map((hour) => `ada~bob${hour}~000001`);
      expect(await pages(system, 'ada', 'sent', limit)).toEqual(newestFirst);
      await system.call('hide-inmail', { as: 'ada', path: { inmailId: 'ada~bob17~000001' } });
      expect(await pages(system, 'ada', 'sent', limit)).toEqual(newestFirst.filter((id) => !id.includes('bob17')));
    },
  );

  it.each([1, 2, 100])('the inbox lists received InMails, newest first, in pages of results of %i', async (limit) => {
    const system = await withLetters();
    expect(await pages(system, 'bob14', 'inbox', limit)).toEqual(['bob13~bob14~000001', 'ada~bob14~000001']);
    await system.call('hide-inmail', { as: 'bob14', path: { inmailId: 'bob13~bob14~000001' } });
    expect(await pages(system, 'bob14', 'inbox', limit)).toEqual(['ada~bob14~000001']);
    expect(await pages(system, 'bob13', 'sent', limit)).toEqual(['bob13~bob14~000001']);
  });

  it('the boxes are empty for a member without InMails', async () => {
    const system = await withLetters();
    expect(await pages(system, 'carol', 'inbox', 10)).toEqual([]);
    expect(await pages(system, 'carol', 'sent', 10)).toEqual([]);
  });
});

describe('an InMail', () => {
  it('an InMail is shown to its two sides only', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    const get = (as: string, inmailId = 'ada~bob~000001') => system.call('get-inmail', { as, path: { inmailId } });
    expect((await get('ada')).json.subject).toBe('Hello');
    expect((await get('bob')).text).toBe((await get('ada')).text);
    const absent = await get('ada', 'ada~bob~000002');
    expect(absent.status).toBe(404);
    expect((await get('carol')).text).toBe(absent.text);
    expect((await get('carol', 'nonsense')).text).toBe(absent.text);
  });

  it('an InMail reads as expired from its instant on, written down or not (R16)', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    const seen = async () =>
      (await system.call('get-inmail', { as: 'bob', path: { inmailId: 'ada~bob~000001' } })).json;
    system.at('2024-05-30T12:00:00.000Z');
    expect(await seen()).toMatchObject({ status: 'pending', credit: 'pending' });
    system.at('2024-05-30T12:00:00.001Z');
    const expired = { status: 'expired', credit: 'lost', creditReason: 'expired' };
    expect(await seen()).toMatchObject(expired);
    await system.at('2024-05-31T00:35:00Z').sweep('expire-inmails');
    expect(system.books.books().inmails[0]?.status).toBe('expired');
    expect(await seen()).toMatchObject(expired);
  });

  it('an InMail hidden by either side returns no credit, frees no pair and can still be answered', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    const hide = (as: string) => system.call('hide-inmail', { as, path: { inmailId: 'ada~bob~000001' } });
    for (const as of ['ada', 'bob', 'ada']) expect((await hide(as)).status).toBe(204);
    expect((await hide('carol')).status).toBe(404);
    expect(await system.balanceOf('ada')).toBe(4);
    expect((await system.send('ada', 'bob')).json.type).toBe('/problems/response-pending');
    expect((await system.respond('bob', 'ada~bob~000001')).json.inmail.credit).toBe('returned');
    expect(system.audit()).toEqual([]);
  });
});

it('the list of plans has every plan of the catalogue, with what it grants today', async () => {
  const { json } = await new TestSystem('2024-03-01T12:00:00Z').call('list-plans', { as: 'ada' });
  const rows = [...CATALOGUE.values()].map((plan) => {
    const { allotment, cap } = grantOn(plan, day('2024-03-01'));
    return { plan: plan.plan, product: plan.product, allotment, cap, renews: plan.renews };
  });
  expect(json.plans).toEqual(rows);
  expect(json.plans).toContainEqual({
    plan: 'sales-navigator-core',
    product: 'sales-navigator',
    allotment: 50,
    cap: 150,
    renews: 'first-of-month',
  });
});
