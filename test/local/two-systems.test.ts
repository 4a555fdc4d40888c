import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { ownTables } from '../support/engine.ts';
import { LocalClient } from './local-client.ts';

type World = { readonly system: LocalSystem; readonly client: LocalClient };

async function startWorld(startsAt: Instant): Promise<World> {
  const system = await startLocalSystem({ ...ownTables(), startsAt });
  return { system, client: new LocalClient(system) };
}

let early: World;
let late: World;
beforeAll(async () => {
  [early, late] = await Promise.all([
    startWorld(instant('2027-01-01T00:00:00Z')),
    startWorld(instant('2031-01-01T00:00:00Z')),
  ]);
});
afterAll(() => Promise.all([early.system.stop(), late.system.stop()]));

const typesIn = async ({ client }: World) => (await client.ledger('ada', 'premium')).map(({ type }) => type);
const creditsIn = ({ client }: World) => client.call('GET', '/v1/members/ada/credits/premium', { as: 'ada' });

describe('two local systems in one process', () => {
  it('two systems have clocks of their own', async () => {
    expect((await early.client.move({ advance: 'P1Y' })).now).toMatch(/^2028/);
    expect((await late.client.call('GET', '/local/clock')).body.now).toMatch(/^2031/);
  });

  it('two systems have books and sweeps of their own', async () => {
    await early.client.subscribe('ada', 'premium', 'premium-career');
    expect((await creditsIn(early)).body.balance).toBe(5);
    expect((await creditsIn(late)).status).toBe(404);

    await late.client.subscribe('ada', 'premium', 'premium-career');
    const before = await typesIn(early);
    const { ran } = await late.client.move({ advance: 'P32D' });
    expect(ran).toMatchObject([{ sweep: 'renew-wallets', report: { written: 1 } }]);
    expect(await typesIn(early)).toEqual(before);
    expect((await typesIn(late)).slice(0, before.length)).toEqual(before);
    expect((await typesIn(late)).length).toBeGreaterThan(before.length);
  });

  it('take no token of the other', async () => {
    const statusWith = async ({ system }: World) => {
      const authorization = `Bearer ${await system.tokenFor('ada')}`;
      return (await early.client.call('GET', '/v1/plans', { headers: { authorization } })).status;
    };
    expect([await statusWith(early), await statusWith(late)]).toEqual([200, 401]);
  });

  it('stop one by one', async () => {
    await early.system.stop();
    await expect(early.client.call('GET', '/local/clock')).rejects.toThrow('fetch failed');
    expect((await creditsIn(late)).status).toBe(200);
  });
});
