import { describe, expect, it } from 'vitest';
import { TestSystem } from '../support/system.ts';

type Box = 'inbox' | 'sent';
const PAGES_AT_MOST = 20;

async function pagesOf(system: TestSystem, as: string, box: Box) {
  const pages: { ids: string[]; allHidden: unknown }[] = [];
  let cursor: string | undefined;
  do {
    const query = { box, ...(cursor !== undefined && { cursor }) };
    const { status, json } = await system.call('list-inmails', { as, query });
    expect(status).toBe(200);
    pages.push({
      ids: json.inmails.map(({ inmailId }: { inmailId: string }) => inmailId),
      allHidden: json.allHidden,
    });
    cursor = json.nextCursor;
  } while (cursor !== undefined && pages.length < PAGES_AT_MOST);
  return pages;
}

/** `count` InMails, each of a pair of its own, a second apart. The box's owner hides the newest `hidden`. */
async function withHidden(box: Box, { count, hidden }: { count: number; hidden: number }): Promise<TestSystem> {
  const system = new TestSystem('2024-01-31T15:00:00Z');
  await system.subscribe('ada', 'sales-navigator-core');
  for (let n = 1; n <= count; n += 1) {
    const [from, to] = box === 'inbox' ? [`s${n}`, 'ada'] : ['ada', `r${n}`];
    if (box === 'inbox') await system.subscribe(from, 'sales-navigator-core');
    system.at(`2024-02-01T00:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}Z`);
    await system.send(from, to, { product: 'sales-navigator' });
    // The recipient answers, so that the credit is there for the next InMail.
    if (box === 'sent') await system.respond(to, `${from}~${to}~000001`);
    if (n > count - hidden) await system.call('hide-inmail', { as: 'ada', path: { inmailId: `${from}~${to}~000001` } });
  }
  return system;
}

it('the sent box says that all is hidden, even if the wallet has renewed many times since', async () => {
  const system = new TestSystem('2001-01-31T15:00:00Z');
  await system.subscribe('ada', 'premium-career');
  await system.send('ada', 'bob');
  await system.call('hide-inmail', { as: 'ada', path: { inmailId: 'ada~bob~000001' } });
  expect((await system.at('2024-02-01T00:05:00Z').sweep('renew-wallets', 24 * 31)).written).toBe(276);
  expect(await pagesOf(system, 'ada', 'sent')).toEqual([{ ids: [], allHidden: true }]);
});

describe.each(['inbox', 'sent'] as const)('the %s with hidden InMails', (box) => {
  it(`the ${box} leads to the ten visible InMails, however many newer ones are hidden`, async () => {
    const pages = await pagesOf(await withHidden(box, { count: 215, hidden: 205 }), 'ada', box);
    expect(pages.flatMap(({ ids }) => ids)).toHaveLength(10);
    expect(pages.length).toBeLessThan(PAGES_AT_MOST);
    expect(pages.map(({ allHidden }) => allHidden)).toEqual(pages.map(() => undefined));
  });

  it(`the ${box} says that all is hidden only if it has InMails and all of them are hidden`, async () => {
    const hidden = await pagesOf(await withHidden(box, { count: 3, hidden: 3 }), 'ada', box);
    expect(hidden).toEqual([{ ids: [], allHidden: true }]);
    const some = await pagesOf(await withHidden(box, { count: 3, hidden: 2 }), 'ada', box);
    expect(some).toEqual([{ ids: [expect.any(String)], allHidden: undefined }]);
    const never = await pagesOf(await withHidden(box, { count: 0, hidden: 0 }), 'ada', box);
    expect(never).toEqual([{ ids: [], allHidden: undefined }]);
  });
});
