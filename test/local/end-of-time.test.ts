/** Instants end with the year 2999. Everything works up to there, and nothing goes past it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { instant } from '../../shared/domain/instant.ts';
import { ownTables } from '../support/engine.ts';
import { TestSystem } from '../support/system.ts';
import { LocalClient } from './local-client.ts';

const END = '2999-12-31T23:59:59.999Z';

describe('a clock a year before the end', () => {
  let system: LocalSystem;
  let client: LocalClient;
  beforeAll(async () => {
    system = await startLocalSystem({ ...ownTables(), startsAt: instant('2998-12-01T00:00:00Z') });
    client = new LocalClient(system);
  });
  afterAll(() => system.stop());

  it.each(['2998-12-31T00:00:00.001Z', END])('the clock refuses to go on to %s', async (set) => {
    const { status, body } = await client.call('POST', '/local/clock', { json: { set } });
    expect([status, body.errors[0].pointer]).toEqual([400, '/set']);
  });

  it('the clock goes on to the last day from which every schedule has a next run', async () => {
    const { ran } = await client.move({ set: '2998-12-31T00:00:00.000Z' });
    expect(ran).toEqual([]);
    const { body } = await client.call('GET', '/local/schedules');
    for (const { lastRunAt } of body.schedules) expect(lastRunAt >= '2998-12-30').toBe(true);
  });
});

it('members can send, respond and read at the last instant, and every sweep runs', async () => {
  const system = new TestSystem('2999-12-30T00:00:00Z');
  await system.subscribe('ada', 'premium-career');
  await system.send('ada', 'bob');
  system.at(END);
  expect((await system.send('ada', 'eve')).status).toBe(201);
  expect((await system.respond('bob', 'ada~bob~000001')).status).toBe(200);
  expect(await system.balanceOf('ada')).toBe(4);
  for (const { name } of SWEEPS) expect((await system.sweep(name)).failed).toBe(0);
  expect(system.audit()).toEqual([]);
});
