import { describe, expect, it } from 'vitest';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { BusyError } from '../../shared/store/store.ts';
import type { Outbox } from '../../shared/sweeps/outbox.ts';
import { feed, listed } from '../support/sweeping.ts';
import { failCommits, TestSystem } from '../support/system.ts';

const sweep = 'renew-wallets';

describe('the lister as SQS starts it', () => {
  it('the lister queues due keys for the workers of the same sweep', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    for (const member of ['ada', 'bob']) await system.subscribe(member, 'premium-career');
    system.at('2024-02-29T00:05:00Z');
    const queued = await listed({ sweep, scheduledAt: system.now, lookBackHours: 0 }, system.runtime);
    expect(queued.map((message) => message.sweep)).toEqual([sweep, sweep]);
    expect(
      queued
        .flatMap(({ body }) => JSON.parse(body).keys)
        .map(({ memberId }) => memberId)
        .sort(),
    ).toEqual(['ada', 'bob']);
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"sweep":"renew-wallets"}'],
    ['a batch', '{"keys":[{"memberId":"ada","product":"premium"}]}'],
  ])('the lister reports a message that is %s as failed, and handles the next', async (_, poison) => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    system.at('2024-02-29T00:05:00Z');
    let sent = 0;
    const outbox: Outbox = async (_sweep, bodies) => {
      sent += bodies.length;
    };
    const good = JSON.stringify({ sweep, scheduledAt: system.now, lookBackHours: 0 });
    expect(await feed('list-due', [poison, good], { ...system.runtime, outbox })).toEqual([poison]);
    expect(sent).toBe(1);
  });

  it('the lister reports its message as failed if it cannot send', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const outbox: Outbox = () => Promise.reject(new BusyError('no queue'));
    const message = JSON.stringify({ sweep, scheduledAt: system.now, lookBackHours: 0 });
    expect(await feed('list-due', [message], { ...system.runtime, outbox })).toEqual([message]);
  });
});

describe('a worker as SQS starts it', () => {
  const batch = (...members: string[]) =>
    JSON.stringify({ keys: members.map((memberId) => ({ memberId, product: 'premium' })) });

  it('a worker handles every message except the poisonous one, and every wallet except the failing one', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    for (const member of ['ada', 'bob', 'cyd', 'dan']) await system.subscribe(member, 'premium-career');
    system.at('2024-02-29T00:05:00Z');
    const transact = system.books.transact.bind(system.books);
    system.books.transact = async (changes) => {
      if (JSON.stringify(changes).includes('"bob#premium"')) throw new Error('corrupt');
      await transact(changes);
    };
    const bodies = [batch('ada', 'bob', 'cyd'), 'poison', batch('dan')];
    expect(await feed(sweep, bodies, system.runtime)).toEqual([bodies[0], 'poison']);
    const renewed = system.books.books().entries.filter(({ type }) => type === 'renewed');
    expect(renewed.map(({ walletId }) => walletId).sort()).toEqual(['ada#premium', 'cyd#premium', 'dan#premium']);
    system.books.transact = transact;
    expect(await feed(sweep, bodies, system.runtime)).toEqual(['poison']);
    expect(system.books.books().entries.filter(({ type }) => type === 'renewed')).toHaveLength(4);
    expect(system.audit()).toEqual([]);
  });

  it.each(SWEEPS)('the worker of $name refuses an empty batch', async ({ name }) => {
    const { runtime } = new TestSystem('2024-01-31T15:00:00Z');
    expect(await feed(name, ['{"keys":[]}'], runtime)).toEqual(['{"keys":[]}']);
  });

  it('a worker reports a batch as failed while the table is busy, so that the batch comes again', async () => {
    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    system.at('2024-02-29T00:05:00Z');
    let isBusy = true;
    failCommits(system, () => (isBusy ? new BusyError('throttled') : undefined));
    expect(await feed(sweep, [batch('ada')], system.runtime)).toEqual([batch('ada')]);
    isBusy = false;
    expect(await feed(sweep, [batch('ada')], system.runtime)).toEqual([]);
  });
});
