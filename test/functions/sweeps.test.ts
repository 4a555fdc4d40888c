import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { sweepOnce } from '../support/sweeping.ts';
import { partsOf, TestSystem } from '../support/system.ts';

const renewals = (system: TestSystem) =>
  system.books
    .books()
    .entries.filter(({ type }) => type === 'renewed')
    .map(({ at, balance, forfeited }) => [at.slice(0, 10), balance, forfeited]);

describe('the renew sweep', () => {
  it('the renew sweep writes each renewal at its own midnight, and nothing when it comes again', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    expect(await system.at('2024-02-29T00:05:00Z').sweep('renew-wallets')).toEqual({
      found: 1,
      written: 1,
      overtaken: 0,
      leftOut: 0,
      failed: 0,
      oldestDueAt: '2024-02-29T00:00:00.000Z',
    });
    expect(await system.sweep('renew-wallets')).toEqual({ found: 1, written: 0, overtaken: 1, leftOut: 0, failed: 0 });
    expect(system.books.books().entries.at(-1)?.at).toBe('2024-02-29T00:00:00.000Z');
  });

  it('the renew sweep finds the days that a month lacks on its last day, and not before', async () => {
    const system = new TestSystem('2024-01-29T15:00:00Z');
    await system.subscribe('a29', 'premium-career');
    await system.at('2024-01-30T15:00:00Z').subscribe('a30', 'premium-career');
    await system.at('2024-01-31T15:00:00Z').subscribe('a31', 'premium-career');
    await system.subscribe('core', 'sales-navigator-core');
    const foundAt = async (now: string) => (await system.at(now).sweep('renew-wallets', 0)).written;
    expect(await foundAt('2024-02-01T00:05:00Z')).toBe(1);
    expect(await foundAt('2024-02-28T00:05:00Z')).toBe(0);
    expect(await foundAt('2024-02-29T00:05:00Z')).toBe(3);
    expect(await foundAt('2024-03-30T00:05:00Z')).toBe(1);
    expect(system.audit()).toEqual([]);
  });

  it('one renew sweep after 100 days writes all missing renewals in due order, and changes no balance', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.subscribe('core', 'sales-navigator-core');
    const expected: [string, number, number][] = [
      ['2024-02-28T23:59:59.999Z', 5, 100],
      ['2024-02-29T00:00:00.000Z', 10, 100],
      ['2024-03-31T00:00:00.000Z', 15, 150],
      ['2024-05-10T12:00:00.000Z', 15, 150],
    ];
    for (const [now, career, core] of expected) {
      system.at(now);
      expect([now, await system.balanceOf('ada'), await system.balanceOf('core', 'sales-navigator')]).toEqual([
        now,
        career,
        core,
      ]);
    }
    expect(renewals(system)).toEqual([]);
    const report = await system.at('2024-05-10T00:05:00Z').sweep('renew-wallets', 100 * 24);
    const oldestDueAt = '2024-02-01T00:00:00.000Z';
    expect(report).toEqual({ found: 2, written: 7, overtaken: 0, leftOut: 0, failed: 0, oldestDueAt });
    expect(renewals(system)).toEqual([
      ['2024-02-29', 10, 0],
      ['2024-03-31', 15, 0],
      ['2024-04-30', 15, 5],
      ['2024-02-01', 100, 0],
      ['2024-03-01', 150, 0],
      ['2024-04-01', 150, 50],
      ['2024-05-01', 150, 50],
    ]);
    expect(system.audit()).toEqual([]);
  });

  it('the renew sweep makes up for a missed run within its look-back, and finds nothing after a faster send', async () => {
    const system = new TestSystem('2024-01-10T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.subscribe('bob', 'premium-career');
    await system.at('2024-02-10T00:00:00.000Z').send('bob', 'carol');
    expect(await system.at('2024-02-13T00:05:00Z').sweep('renew-wallets')).toMatchObject({ found: 2, written: 1 });
    expect(await system.at('2024-02-14T00:05:00Z').sweep('renew-wallets')).toMatchObject({ found: 0 });
  });

  it('the renew sweep leaves a cancelled subscription alone', async () => {
    const system = new TestSystem('2024-01-10T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.cancel('ada', 'premium');
    expect(await system.at('2024-02-10T00:05:00Z').sweep('renew-wallets')).toMatchObject({ found: 0 });
  });

  it('the renew sweep renews every other wallet beside a corrupt one, and counts that one as failed', async () => {
    const corrupt = walletIdOf('m3', 'premium');
    let isCorrupt = false;
    const system = new TestSystem('2024-01-10T15:00:00Z', (store) => ({
      ...partsOf(store),
      ledger: {
        ...store.ledger,
        tail: async (walletId) => {
          const tail = await store.ledger.tail(walletId);
          return isCorrupt && tail && walletId === corrupt ? { ...tail, plan: 'no-such-plan' } : tail;
        },
      },
    }));
    const members = ['m1', 'm2', 'm3', 'm4', 'm5'];
    for (const member of members) await system.subscribe(member, 'premium-career');
    isCorrupt = true;
    const report = await system.at('2024-02-10T00:05:00Z').sweep('renew-wallets');
    expect(report).toMatchObject({ found: 5, written: 4, failed: 1 });
    expect(renewals(system)).toHaveLength(4);
    isCorrupt = false;
    expect(await system.sweep('renew-wallets')).toMatchObject({ written: 1, failed: 0 });
    expect(system.audit()).toEqual([]);
  });
});

describe('the remind sweep', () => {
  it('the remind sweep reminds once, in the quarter of an hour after 71 h, and only of pending InMails', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    await system.send('ada', 'carol');
    await system.at('2024-03-01T12:00:00.001Z').send('ada', 'dave');
    await system.respond('carol', 'ada~carol~000001');
    const reminded = () =>
      system.books
        .books()
        .inmails.flatMap(({ recipientId, remindedAt }) => (remindedAt ? [[recipientId, remindedAt]] : []));
    await system.at('2024-03-04T10:00:00Z').sweep('remind-recipients');
    expect(reminded()).toEqual([]);
    expect(await system.at('2024-03-04T11:00:00Z').sweep('remind-recipients')).toMatchObject({ written: 1 });
    expect(await system.at('2024-03-04T11:15:00Z').sweep('remind-recipients')).toMatchObject({ found: 1, written: 1 });
    expect(await system.at('2024-03-04T11:30:00Z').sweep('remind-recipients')).toMatchObject({ found: 0 });
    expect(reminded()).toEqual([
      ['bob', '2024-03-04T11:00:00.000Z'],
      ['dave', '2024-03-04T11:15:00.000Z'],
    ]);
  });

  it("the remind sweep's reminder is shown to both sides", async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    await system.at('2024-03-04T11:00:00Z').sweep('remind-recipients');
    const { json } = await system.call('get-inmail', { as: 'bob', path: { inmailId: 'ada~bob~000001' } });
    expect(json.remindedAt).toBe('2024-03-04T11:00:00.000Z');
  });

  it.each([
    ['2024-03-05T11:59:59.999Z', 1, 0],
    ['2024-03-05T12:00:00.000Z', 1, 0],
    ['2024-03-05T12:00:00.001Z', 0, 1],
    ['2024-03-05T12:14:59.999Z', 0, 1],
  ])(
    'the remind sweep after an outage until %s reminds %i recipients and leaves out %i',
    async (now, written, leftOut) => {
      const system = new TestSystem('2024-03-01T12:00:00Z');
      await system.subscribe('ada', 'premium-career');
      await system.send('ada', 'bob');
      expect(await system.at(now).sweep('remind-recipients')).toMatchObject({ written, leftOut });
    },
  );

  it('the remind sweep counts an InMail that it leaves out once, however often it runs', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    let leftOut = 0;
    for (let minutes = 5; minutes < 5 * 60; minutes += 15) {
      system.now = instant(Date.parse('2024-03-05T12:00:00Z') + minutes * 60_000);
      leftOut += (await system.sweep('remind-recipients')).leftOut;
    }
    expect(leftOut).toBe(1);
  });

  it('the remind sweep skips an InMail that its recipient has hidden, but not one that its sender has hidden', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    await system.send('ada', 'carol');
    await system.call('hide-inmail', { as: 'bob', path: { inmailId: 'ada~bob~000001' } });
    await system.call('hide-inmail', { as: 'ada', path: { inmailId: 'ada~carol~000001' } });
    expect(await system.at('2024-03-04T11:00:00Z').sweep('remind-recipients')).toMatchObject({ found: 1, written: 1 });
  });
});

describe('the expire sweep', () => {
  it.each([
    ['2024-05-30T12:00:00.000Z', 0],
    ['2024-05-30T12:00:00.001Z', 1],
    ['2024-05-31T00:35:00.000Z', 1],
    ['2024-06-03T00:35:00.000Z', 1],
  ])('the expire sweep at %s writes down %i InMail sent 2024-03-01T12:00Z', async (now, written) => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    await system.send('ada', 'carol');
    await system.respond('carol', 'ada~carol~000001');
    expect(await system.at(now).sweep('expire-inmails')).toMatchObject({ written });
    expect((await system.sweep('expire-inmails')).written).toBe(0);
    expect(system.books.books().inmails.map(({ status }) => status)).toEqual([
      written ? 'expired' : 'pending',
      'accepted',
    ]);
  });

  it('a schedule ahead of our clock makes no InMail due before its time', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    const scheduledAt = instant('2024-06-03T00:35:00.000Z');
    expect(await sweepOnce({ sweep: 'expire-inmails', scheduledAt, lookBackHours: 72 }, system.runtime)).toMatchObject({
      found: 0,
    });
  });
});
