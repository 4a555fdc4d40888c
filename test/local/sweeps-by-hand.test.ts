/**
 * `POST /local/sweeps` with any input of an operator gives one clear response, and leaves nothing in a failures queue.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { ownTables } from '../support/engine.ts';
import { type Body, LocalClient } from './local-client.ts';

let system: LocalSystem;
let client: LocalClient;
beforeAll(async () => {
  system = await startLocalSystem({ ...ownTables() });
  client = new LocalClient(system);
});
afterAll(() => system?.stop());

const usual = { scheduledAt: '2026-12-01T00:05:00Z', lookBackHours: 72 };
const post = (json: object) => client.call('POST', '/local/sweeps', { json });

async function failures(): Promise<number> {
  const { body } = await client.call('GET', '/local/queues');
  return body.queues.reduce((sum: number, queue: Body) => sum + queue.failures + queue.waiting + queue.underWay, 0);
}

describe.each(SWEEPS.map(({ name }) => name))('%s by hand', (sweep) => {
  it.each<[string, object, string]>([
    ['the first instant', { scheduledAt: '0001-01-01T00:00:00Z' }, '/scheduledAt'],
    [
      'the last millisecond of the year 1',
      { scheduledAt: '0001-12-31T23:59:59.999Z', lookBackHours: 0 },
      '/scheduledAt',
    ],
    ['an hour too little', { scheduledAt: '0002-01-04T00:00:00Z', lookBackHours: 73 }, '/scheduledAt'],
    [
      'the longest look-back in the year 5',
      { scheduledAt: '0005-01-01T00:00:00Z', lookBackHours: 87_840 },
      '/scheduledAt',
    ],
    ['the year 0', { scheduledAt: '0000-12-31T23:59:59Z' }, '/scheduledAt'],
    ['the year 3000', { scheduledAt: '3000-01-01T00:00:00Z' }, '/scheduledAt'],
    ['an impossible day', { scheduledAt: '2026-02-30T00:00:00Z' }, '/scheduledAt'],
    ['a text that is no instant', { scheduledAt: 'now' }, '/scheduledAt'],
    ['more hours than the past has', { lookBackHours: Number.MAX_SAFE_INTEGER }, '/scheduledAt'],
    ['a negative look-back', { lookBackHours: -1 }, '/lookBackHours'],
    ['a part of an hour', { lookBackHours: 0.5 }, '/lookBackHours'],
    ['shards that do not exist', { shards: { first: 0, last: 999 } }, '/shards'],
    ['an unknown field with a tilde', { 'a~b/c': 1 }, '/a~0b~1c'],
  ])(`${sweep} by hand refuses %s with a 400 that names it`, async (_, given, pointer) => {
    const { status, body } = await post({ sweep, ...usual, ...given });
    expect([status, body.type, body.errors?.map((fault: Body) => fault.pointer)]).toEqual([
      400,
      '/problems/invalid-request',
      [pointer],
    ]);
    expect(await failures()).toBe(0);
  });

  it.each<[string, object]>([
    ['the year 2', { scheduledAt: '0002-01-01T00:00:00Z', lookBackHours: 0 }],
    ['just enough', { scheduledAt: '0002-01-04T00:00:00Z', lookBackHours: 72 }],
    ['a time before there was a network', { scheduledAt: '1800-01-01T00:00:00Z' }],
    ['the last instant', { scheduledAt: '2999-12-31T23:59:59.999Z' }],
    ['two thousand years before', { lookBackHours: 2_000 * 366 * 24 }],
    ['another zone', { scheduledAt: '2026-12-01T00:05:00+14:00' }],
  ])(`${sweep} by hand finds nothing in %s`, async (_, given) => {
    const { status, body } = await post({ sweep, ...usual, ...given });
    expect([status, body]).toEqual([200, expect.objectContaining({ written: 0 })]);
    expect(await failures()).toBe(0);
  });
});
