/** One machine's response is known to every other machine, whichever clock is behind (I12). */
import { describe, expect, it } from 'vitest';
import { instant, plusMillis } from '../../shared/domain/instant.ts';
import { TestSystem } from '../support/system.ts';

const NOON = instant('2024-01-10T12:00:00Z');
const BEHIND_MILLIS = [0, 1, 1_000, 5_000, 600_000];

describe.each(BEHIND_MILLIS)('a machine %i ms behind the one that wrote', (millis) => {
  const behind = plusMillis(NOON, -millis);
  const wallet = { memberId: 'ada', product: 'premium' };

  /** Ada has subscribed and written to Bob on the machine that is ahead. */
  async function written(): Promise<TestSystem> {
    const system = new TestSystem(NOON);
    await system.subscribe('ada', 'premium-career');
    expect((await system.send('ada', 'bob')).json.credits.balance).toBe(4);
    return system.at(behind);
  }

  it('the credits are those after the send, and have the instant of the send', async () => {
    const { status, json } = await (await written()).call('get-credits', { as: 'ada', path: wallet });
    expect([status, json.balance, json.asOf]).toEqual([200, 4, NOON]);
    expect(json.pendingReturns).toHaveLength(1);
  });

  it('the list of all credits has the instant of the send, too', async () => {
    const { json } = await (await written()).call('list-credits', { as: 'ada', path: { memberId: 'ada' } });
    expect(json).toMatchObject({ asOf: NOON, credits: [{ product: 'premium', balance: 4, asOf: NOON }] });
  });

  it('a subscription is found as soon as it is made', async () => {
    const system = new TestSystem(NOON);
    await system.subscribe('ada', 'premium-career');
    const { status } = await system.at(behind).call('get-credits', { as: 'ada', path: wallet });
    expect(status).toBe(200);
  });

  it('the ledger, the inbox and the sent box show the sent InMail', async () => {
    const system = await written();
    const ledger = await system.call('list-ledger', { as: 'ada', path: wallet });
    const inbox = await system.call('list-inmails', { as: 'bob', query: { box: 'inbox' } });
    const sent = await system.call('list-inmails', { as: 'ada', query: { box: 'sent' } });
    expect(ledger.json.entries[0]).toMatchObject({ type: 'sent', at: NOON });
    for (const { json } of [inbox, sent]) expect(json.inmails).toMatchObject([{ sentAt: NOON, status: 'pending' }]);
  });

  it('the next InMail to a recipient who has answered is sent no earlier than the answer, from either product', async () => {
    for (const product of ['premium', 'recruiter']) {
      const system = new TestSystem(plusMillis(NOON, -3_600_000));
      await system.subscribe('ada', 'premium-career');
      await system.subscribe('ada', 'recruiter-lite');
      await system.send('ada', 'bob');
      await system.at(NOON).respond('bob', 'ada~bob~000001');
      const { status, json } = await system.at(behind).send('ada', 'bob', { product });
      expect([status, json.inmail.sentAt]).toEqual([201, NOON]);
      expect(system.audit()).toEqual([]);
    }
  });

  it('a machine behind a written expiry returns no credit', async () => {
    const system = new TestSystem(plusMillis(NOON, -90 * 86_400_000 - 1));
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    expect((await system.at(NOON).sweep('expire-inmails')).written).toBe(1);
    const { json } = await system.at(behind).respond('bob', 'ada~bob~000001');
    expect(json.inmail).toMatchObject({ credit: 'lost', creditReason: 'late', response: { at: NOON } });
    expect(system.audit()).toEqual([]);
  });

  it('an instant in the request is that instant on every machine', async () => {
    const at = plusMillis(NOON, -1);
    const { status } = await (await written()).call('get-credits', { as: 'ada', path: wallet, query: { at } });
    expect(status).toBe(404);
  });
});

it("a recipient's answer after midnight renews the wallet that pays for the next InMail", async () => {
  const system = new TestSystem('2024-01-10T12:00:00Z');
  await system.subscribe('ada', 'premium-career');
  await system.subscribe('ada', 'recruiter-lite');
  await system.send('ada', 'bob');
  await system.at('2024-02-10T00:00:02Z').respond('bob', 'ada~bob~000001');
  const { json } = await system.at('2024-02-09T23:59:58Z').send('ada', 'bob', { product: 'recruiter' });
  // 30 and 30 on 10 February, less the one.
  expect(json.credits).toMatchObject({ asOf: '2024-02-10T00:00:02.000Z', balance: 59 });
  expect(system.audit()).toEqual([]);
});
