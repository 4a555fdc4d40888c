/** The whole system over HTTP, with tables in memory. Each test has members of its own, and all share the clock. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { ownTables } from '../support/engine.ts';
import { type Body, LocalClient } from './local-client.ts';

let system: LocalSystem;
let client: LocalClient;

beforeAll(async () => {
  system = await startLocalSystem({ ...ownTables() });
  client = new LocalClient(system);
});
afterAll(() => system?.stop());

/** The scheduled times of a sweep's runs, as `02-28 00:05`. */
const timesOf = (ran: { sweep: string; scheduledAt: string }[], sweep: string) =>
  ran.filter((run) => run.sweep === sweep).map(({ scheduledAt }) => scheduledAt.slice(5, 16).replace('T', ' '));

describe('the schedules', () => {
  it('renewals run on the last day of a month that lacks the day, and never drift', async () => {
    await client.move({ set: '2031-01-31T15:00:00Z' });
    await client.subscribe('ann', 'premium', 'premium-career');
    const { ran } = await client.move({ set: '2031-05-01T00:00:00Z' });
    expect(timesOf(ran, 'renew-wallets')).toEqual(['02-28 00:05', '03-31 00:05', '04-30 00:05']);
    const entries = await client.ledger('ann', 'premium');
    expect(entries.map(({ at, type, balance, forfeited }) => [at, type, balance, forfeited])).toEqual([
      [expect.stringMatching(/^2031-01-31T15:00/), 'subscribed', 5, 0],
      ['2031-02-28T00:00:00.000Z', 'renewed', 10, 0],
      ['2031-03-31T00:00:00.000Z', 'renewed', 15, 0],
      ['2031-04-30T00:00:00.000Z', 'renewed', 15, 5],
    ]);
  });

  it('reminders come at the first quarter of an hour 71 h after the send, and expiries after 90 days', async () => {
    await client.move({ set: '2031-05-10T08:20:00Z' });
    await client.subscribe('ben', 'premium', 'premium-career');
    const { body } = await client.send('ben', 'rita', 'premium');
    const seen = async () => (await client.call('GET', `/v1/inmails/${body.inmail.inmailId}`, { as: 'rita' })).body;

    await client.move({ set: '2031-05-13T07:19:00Z' });
    expect(await seen()).not.toHaveProperty('remindedAt');
    const { ran } = await client.move({ set: '2031-05-13T08:20:00Z' });
    expect(timesOf(ran, 'remind-recipients')).toEqual(['05-13 07:30']);
    expect(await seen()).toMatchObject({
      remindedAt: '2031-05-13T07:30:00.000Z',
      status: 'pending',
      credit: 'pending',
    });

    const later = await client.move({ advance: 'P95D' });
    expect(timesOf(later.ran, 'remind-recipients')).toEqual([]);
    expect(timesOf(later.ran, 'expire-inmails')).toEqual(['08-09 00:35']);
    expect(await seen()).toMatchObject({ status: 'expired', credit: 'lost', creditReason: 'expired' });
  });

  it('one renew sweep after 100 days off writes every missed renewal, in due order', async () => {
    await client.move({ set: '2031-09-05T10:00:00Z' });
    await client.subscribe('cem', 'recruiter', 'recruiter-lite');
    const put = (enabled: boolean) => client.call('PUT', '/local/schedules/renew-wallets', { json: { enabled } });
    expect((await put(false)).body).toMatchObject({ name: 'renew-wallets', cron: '5 0 * * *', enabled: false });
    const off = await client.move({ advance: 'P100D' });
    expect(timesOf(off.ran, 'renew-wallets')).toEqual([]);
    expect((await put(true)).status).toBe(200);
    const on = await client.move({ advance: 'P1D' });
    expect(timesOf(on.ran, 'renew-wallets')).toEqual(['12-15 00:05']);
    const renewals = (await client.ledger('cem', 'recruiter')).filter(({ type }) => type === 'renewed');
    expect(renewals.map(({ at, balance }) => [at.slice(0, 10), balance])).toEqual([
      ['2031-10-05', 60],
      ['2031-11-05', 90],
      ['2031-12-05', 120],
    ]);
  });

  it('a year with a handful of InMails passes in one step', async () => {
    await client.move({ set: '2032-01-01T09:00:00Z' });
    await client.subscribe('dan', 'sales-navigator', 'sales-navigator-core');
    for (const recipient of ['r1', 'r2', 'r3', 'r4', 'r5']) await client.send('dan', recipient, 'sales-navigator');
    const { now, ran, passedOver } = await client.move({ advance: 'P1Y' });
    expect(now).toMatch(/^2033-01-01T09:00/);
    expect(timesOf(ran, 'remind-recipients')).toEqual(['01-04 08:15']);
    expect(timesOf(ran, 'expire-inmails')).toEqual(['04-01 00:35']);
    expect(ran.length + passedOver).toBe(366 * (24 * 4 + 2));
    const { body } = await client.call('GET', '/v1/inmails?box=sent', { as: 'dan' });
    expect(body.inmails).toHaveLength(5);
    for (const inmail of body.inmails) {
      expect(inmail).toMatchObject({ status: 'expired', remindedAt: '2032-01-04T08:15:00.000Z' });
    }
    expect((await client.ledger('dan', 'sales-navigator')).filter(({ type }) => type === 'renewed')).toHaveLength(12);
  });
});

describe('the clock', () => {
  it.each<[string, unknown, string]>([
    ['backwards', { set: '2026-01-01T00:00:00Z' }, 'forward only'],
    ['more than ten years', { advance: 'P10YT1S' }, 'at most 10 years'],
    ['past the end of time', { advance: 'P99999999Y' }, 'at most 10 years'],
    ['by a negative duration', { advance: '-P1D' }, 'ISO 8601 duration'],
    ['by no duration', { advance: 'tomorrow' }, 'ISO 8601 duration'],
    ['by a duration with more after it', { advance: 'P1DX' }, 'ISO 8601 duration'],
    ['by a number', { advance: 5 }, 'ISO 8601 duration'],
    ['to a time without zone', { set: '2040-01-01T00:00:00' }, 'ISO 8601 instant'],
    ['both ways', { set: '2040-01-01T00:00:00Z', advance: 'P1D' }, 'either advance or set'],
    ['no way at all', {}, 'either advance or set'],
    ['with an unknown field', { advance: 'P1D', faster: true }, 'faster'],
    ['with no object', [], 'object'],
  ])('the clock does not move %s', async (_, json, why) => {
    const before = (await client.call('GET', '/local/clock')).body.now;
    const { status, body } = await client.call('POST', '/local/clock', { json });
    expect([status, body.type]).toEqual([400, '/problems/invalid-request']);
    expect(JSON.stringify(body.errors)).toContain(why);
    expect(Date.parse((await client.call('GET', '/local/clock')).body.now) - Date.parse(before)).toBeLessThan(5_000);
  });

  it('the clock takes months by the calendar', async () => {
    await client.move({ set: '2033-01-31T00:00:00Z' });
    expect((await client.move({ advance: 'P1M' })).now).toMatch(/^2033-02-28T00:00/);
  });

  it('the clock refuses a body that is no JSON', async () => {
    const { status, body } = await client.call('POST', '/local/clock', { body: 'P1D' });
    expect([status, body.type]).toEqual([400, '/problems/malformed-json']);
  });
});

describe('the list of schedules', () => {
  it('the list of schedules has every sweep, its times, its switch and its last run', async () => {
    const { body } = await client.call('GET', '/local/schedules');
    expect(body.schedules.map(({ name, cron, enabled }: Body) => [name, cron, enabled])).toEqual([
      ['renew-wallets', '5 0 * * *', true],
      ['remind-recipients', '*/15 * * * *', true],
      ['expire-inmails', '35 0 * * *', true],
    ]);
    for (const { lastRunAt } of body.schedules) expect(Date.parse(lastRunAt)).not.toBeNaN();
  });

  it.each<[string, string, unknown, number]>([
    ['an unknown schedule', 'send-birthday-cards', { enabled: true }, 404],
    ['a switch that is neither on nor off', 'renew-wallets', { enabled: 'no' }, 400],
    ['nothing to switch', 'renew-wallets', {}, 400],
  ])('the list of schedules refuses %s', async (_, name, json, expected) => {
    expect((await client.call('PUT', `/local/schedules/${name}`, { json })).status).toBe(expected);
  });
});

describe('the API in front of the handlers', () => {
  it('the API gives a 401 without a valid token', async () => {
    const plans = (headers: Record<string, string>) => client.call('GET', '/v1/plans', { headers });
    const token = await system.tokenFor('ada');
    for (const headers of [
      {},
      { authorization: 'Bearer x' },
      { authorization: token },
      { authorization: `Bearer ${token}, Bearer ${token}` },
    ]) {
      const { status, body, headers: answered } = await plans(headers);
      expect([status, body.type]).toEqual([401, '/problems/unauthenticated']);
      expect(answered.get('www-authenticate')).toBe('Bearer');
    }
    expect((await plans({ authorization: `bearer ${token}` })).status).toBe(200);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/v1/nothing'],
    ['POST', '/v1/plans'],
    ['OPTIONS', '/v1/plans'],
    ['HEAD', '/v1/plans'],
    ['GET', '/local/'],
    ['DELETE', '/local/clock'],
  ])('the API gives a 404 to %s %s', async (method, path) => {
    expect((await client.call(method, path, { as: 'ada' })).status).toBe(404);
  });

  it('the API hands parameters, query, body and headers on, and returns the response', async () => {
    const { status, body } = await client.call('GET', '/v1/members/no%20body/credits', { as: 'ada' });
    expect([status, body.type]).toEqual([404, '/problems/not-found']);
    const sent = await client.send('nobody', 'ada', 'premium');
    expect([sent.status, sent.body.type]).toEqual([409, '/problems/no-active-subscription']);
    const query = await client.call('GET', '/v1/inmails?box=nowhere', { as: 'ada' });
    expect([query.status, query.body.errors[0].pointer]).toEqual([400, '/box']);
    expect(query.headers.get('content-type')).toBe('application/problem+json');
  });

  it('the API gives a 400 to percent signs that encode nothing', async () => {
    const { status, body } = await client.call('GET', '/v1/inmails/%zz', { as: 'ada' });
    expect([status, body.type]).toEqual([400, '/problems/invalid-request']);
  });

  it('the API lets a request in by its scopes', async () => {
    const plan = { plan: 'premium-career' };
    const put = (scopes: ('billing' | 'support')[]) =>
      client.call('PUT', '/v1/members/eve/subscriptions/premium', { as: 'ada', scopes, json: plan });
    expect([(await put([])).status, (await put(['support'])).status, (await put(['billing'])).status]).toEqual([
      403, 403, 200,
    ]);
  });
});
