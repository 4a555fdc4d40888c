import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { ownTables } from '../support/engine.ts';
import { LocalClient } from './local-client.ts';

let system: LocalSystem;
let client: LocalClient;
beforeAll(async () => {
  system = await startLocalSystem({ ...ownTables() });
  client = new LocalClient(system);
});
afterAll(() => system.stop());

const subscribe = (memberId: string, product: Product, plan: string) => client.subscribe(memberId, product, plan);
const send = (senderId: string, product: Product, recipientId: string, key: string) =>
  client.send(senderId, recipientId, product, key);

async function balanceOf(memberId: string, product: Product): Promise<number> {
  const path = { memberId, product };
  const { data } = await client.as(memberId).GET('/v1/members/{memberId}/credits/{product}', { params: { path } });
  if (!data) throw new Error(`${memberId} has no ${product}`);
  return data.balance;
}

const tally = (answers: readonly { status: number }[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]));
const cleanBooks = async () => expect(audit(await scanBooks(system), RULES)).toEqual([]);

describe('many requests at once over HTTP', () => {
  it('80 sends from a wallet of 50 credits spend each credit once', async () => {
    await subscribe('ada', 'sales-navigator', 'sales-navigator-core');
    const recipients = Array.from({ length: 80 }, (_, index) => `r${index}`);
    const answers = await Promise.all(recipients.map((to) => send('ada', 'sales-navigator', to, `to-${to}`)));
    expect(tally(answers)).toEqual({ 201: 50, 409: 30 });
    const refused = answers.filter(({ status }) => status === 409).map(({ text }) => JSON.parse(text).type);
    expect(new Set(refused)).toEqual(new Set(['/problems/insufficient-credits']));
    expect(await balanceOf('ada', 'sales-navigator')).toBe(0);
    await cleanBooks();
  });

  it('50 sends for one credit become one InMail and 49 refusals', async () => {
    await subscribe('ivy', 'premium', 'premium-career');
    for (const to of ['a', 'b', 'c', 'd']) expect((await send('ivy', 'premium', to, to)).status).toBe(201);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => send('ivy', 'premium', `i${index}`, `k${index}`)),
    );
    expect(tally(answers)).toEqual({ 201: 1, 409: 49 });
    expect(await balanceOf('ivy', 'premium')).toBe(0);
    await cleanBooks();
  });

  it('8 requests under one key become one InMail and eight equal responses', async () => {
    await subscribe('bob', 'premium', 'premium-career');
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('bob', 'premium', 'carol', 'one-key')));
    expect(tally(answers)).toEqual({ 201: 8 });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await balanceOf('bob', 'premium')).toBe(4);
    await cleanBooks();
  });

  it('two requests to one recipient lock the pair for one of them', async () => {
    await subscribe('dave', 'premium', 'premium-career');
    await subscribe('dave', 'recruiter', 'recruiter-lite');
    const answers = await Promise.all([
      send('dave', 'premium', 'erin', 'from-premium'),
      send('dave', 'recruiter', 'erin', 'from-recruiter'),
    ]);
    expect(tally(answers)).toEqual({ 201: 1, 409: 1 });
    expect((await balanceOf('dave', 'premium')) + (await balanceOf('dave', 'recruiter'))).toBe(34);
    await cleanBooks();
  });

  it('sends, a response and a change of plan on one wallet leave clean books', async () => {
    await subscribe('frank', 'premium', 'premium-business');
    await send('frank', 'premium', 'grace', 'first');
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => send('frank', 'premium', `g${index}`, `k${index}`)),
      client.as('grace').PUT('/v1/inmails/{inmailId}/response', {
        params: { path: { inmailId: 'frank~grace~000001' } },
        body: { type: 'accept' },
      }),
      subscribe('frank', 'premium', 'premium-career'),
      client.as('desk', ['billing']).DELETE('/v1/members/{memberId}/subscriptions/{product}', {
        params: { path: { memberId: 'frank', product: 'premium' } },
      }),
      subscribe('frank', 'premium', 'premium-business'),
    ]);
    await cleanBooks();
  });

  it('repeated changes of plan and cancellations pay out nothing twice', async () => {
    const path = { memberId: 'jane', product: 'premium' } as const;
    for (const plan of ['premium-business', 'premium-career', 'premium-business', 'premium-career']) {
      await subscribe('jane', 'premium', plan);
      expect(await balanceOf('jane', 'premium')).toBe(plan === 'premium-career' ? 5 : 15);
      await send('jane', 'premium', 'kim', 'one-key');
    }
    for (let round = 0; round < 4; round += 1) {
      await client
        .as('desk', ['billing'])
        .DELETE('/v1/members/{memberId}/subscriptions/{product}', { params: { path } });
      expect(await balanceOf('jane', 'premium')).toBe(0);
      await subscribe('jane', 'premium', 'premium-career');
      expect(await balanceOf('jane', 'premium')).toBe(5);
    }
    // The credit was paid in a term that ended long ago. The answer frees the pair and returns nothing (R13).
    await client.as('kim').PUT('/v1/inmails/{inmailId}/response', {
      params: { path: { inmailId: 'jane~kim~000001' } },
      body: { type: 'accept' },
    });
    expect(await balanceOf('jane', 'premium')).toBe(5);
    await cleanBooks();
  });

  it('changes of plan and cancellations at once leave clean books', async () => {
    await subscribe('leo', 'premium', 'premium-career');
    const desk = client.as('desk', ['billing']);
    const params = { path: { memberId: 'leo', product: 'premium' } } as const;
    await Promise.all([
      ...Array.from({ length: 6 }, () => subscribe('leo', 'premium', 'premium-business')),
      ...Array.from({ length: 6 }, () => subscribe('leo', 'premium', 'premium-career')),
      ...Array.from({ length: 6 }, () => desk.DELETE('/v1/members/{memberId}/subscriptions/{product}', { params })),
    ]);
    await cleanBooks();
  });
});
