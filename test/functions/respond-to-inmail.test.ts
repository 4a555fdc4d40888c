import { describe, expect, it } from 'vitest';
import { TestSystem } from '../support/system.ts';

const START = '2024-03-01T12:00:00Z';

async function withInMail(plan = 'premium-career'): Promise<TestSystem> {
  const system = new TestSystem(START);
  await system.subscribe('ada', plan);
  await system.send('ada', 'bob');
  return system;
}

const ID = 'ada~bob~000001';

describe("a recipient's answer to an InMail", () => {
  it.each([
    [{ type: 'accept' }, 'accepted'],
    [{ type: 'decline' }, 'declined'],
    [{ type: 'reply', text: 'Gladly' }, 'replied'],
    [{ type: 'quick-reply', text: 'maybe-later' }, 'quick-replied'],
  ])("the recipient's answer %j returns the credit and frees the pair", async (response, status) => {
    const system = await withInMail();
    const answer = await system.at('2024-03-02T12:00:00Z').respond('bob', ID, response);
    expect(answer.status).toBe(200);
    expect(answer.json.inmail).toMatchObject({ status, credit: 'returned', response: { ...response, at: system.now } });
    expect(await system.balanceOf('ada')).toBe(5);
    expect((await system.send('ada', 'bob')).json.inmail.inmailId).toBe('ada~bob~000002');
    expect(system.audit()).toEqual([]);
  });

  it.each([
    ['2024-05-30T12:00:00.000Z', { credit: 'returned' }, 1],
    ['2024-05-30T12:00:00.001Z', { credit: 'lost', creditReason: 'late' }, 0],
  ])("a recipient's answer at %s is judged by the window of 90 days", async (at, credit, returns) => {
    const system = await withInMail('premium-business');
    const { json } = await system.at(at).respond('bob', ID);
    expect(json.inmail).toMatchObject({ status: 'accepted', ...credit });
    expect(system.books.books().entries.filter(({ type }) => type === 'returned')).toHaveLength(returns);
    expect((await system.send('ada', 'bob')).status).toBe(201);
    expect(system.audit()).toEqual([]);
  });

  it("a recipient's answer after the written expiry still frees the pair", async () => {
    const system = await withInMail();
    await system.at('2024-06-02T00:35:00Z').sweep('expire-inmails');
    expect((await system.respond('bob', ID)).json.inmail).toMatchObject({ status: 'accepted', creditReason: 'late' });
    expect((await system.send('ada', 'bob')).status).toBe(201);
  });

  it.each([
    ['an upgrade', (system: TestSystem) => system.subscribe('ada', 'premium-business')],
    ['a cancellation', (system: TestSystem) => system.cancel('ada', 'premium')],
  ])("a recipient's answer after %s returns nothing and frees the pair", async (_, change) => {
    const system = await withInMail();
    await change(system);
    const entries = system.books.books().entries.length;
    expect((await system.respond('bob', ID)).json.inmail).toMatchObject({ credit: 'lost', creditReason: 'term-ended' });
    expect(system.books.books().entries).toHaveLength(entries);
    await system.subscribe('ada', 'premium-business');
    expect((await system.send('ada', 'bob')).status).toBe(201);
    expect(system.audit()).toEqual([]);
  });

  it("a recipient's answer at the cap is recorded, and its credit is forfeited", async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    await system.at('2024-05-15T12:00:00Z').send('ada', 'bob');
    const { json } = await system.at('2024-07-02T12:00:00Z').respond('bob', ID);
    expect(json.inmail).toMatchObject({ credit: 'lost', creditReason: 'at-cap' });
    expect(system.books.books().entries.at(-1)).toMatchObject({
      type: 'returned',
      delta: 0,
      forfeited: 1,
      balance: 15,
    });
    expect(system.audit()).toEqual([]);
  });

  it('the same answer of a recipient gets the same response again, and another answer is refused', async () => {
    const system = await withInMail();
    const first = await system.respond('bob', ID, { type: 'reply', text: 'Gladly' });
    expect((await system.at('2024-03-05T00:00:00Z').respond('bob', ID, { type: 'reply', text: 'Gladly' })).text).toBe(
      first.text,
    );
    for (const other of [{ type: 'reply', text: 'No' }, { type: 'accept' }]) {
      const { status, json } = await system.respond('bob', ID, other);
      expect({ status, type: json.type, rule: json.rule }).toEqual({
        status: 409,
        type: '/problems/already-responded',
        rule: 'R12',
      });
    }
    expect(system.audit()).toEqual([]);
  });

  it.each(['ada', 'carol'])("the answer to another member's InMail is refused to %s", async (memberId) => {
    const system = await withInMail();
    expect((await system.respond(memberId, ID)).status).toBe(404);
    expect(system.books.books().inmails[0]?.status).toBe('pending');
  });

  it.each([
    [{}, '/type'],
    [{ type: 'like' }, '/type'],
    [{ type: 'reply' }, '/text'],
    [{ type: 'reply', text: '' }, '/text'],
    [{ type: 'accept', text: 'Yes' }, '/text'],
    [{ type: 'quick-reply', text: 'perhaps' }, '/text'],
  ])("the recipient's answer %j is refused at %s", async (response, pointer) => {
    const system = await withInMail();
    const { status, json } = await system.respond('bob', ID, response);
    expect(status).toBe(400);
    expect(json.errors).toEqual([expect.objectContaining({ in: 'body', pointer })]);
  });
});
