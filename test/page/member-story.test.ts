/** A member uses the page, in a real browser. */
import { beforeAll, expect, it } from 'vitest';
import { pick, secondTab, send, TEXT, write } from './acts.ts';
import { describeVisits, goTo, type Visitor } from './browser.ts';

const balance = (page: Visitor['page']) => page.getByRole('meter').first().getAttribute('value');

describeVisits('a member', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('ada', 'premium', 'premium-career');
    await visits().api.subscribe('liv', 'premium', 'premium-career');
  });

  it('a member signs in, sends an InMail and gets its credit back', async () => {
    const ada = await visits().visit();
    await pick(ada.page, 'ada');
    await expect.poll(() => balance(ada.page)).toBe('5');

    await write(ada.page, 'bob');
    await ada.page.getByText('5 credits left of Premium').waitFor();
    await send(ada.page);
    await ada.page.getByText('Sent to bob').waitFor();
    await ada.page.getByText('4 credits left of Premium').waitFor();

    await goTo(ada.page, 'My Premium');
    await ada.page.getByText('InMail to bob: until 12 Apr 2026, 11:00 CEST').waitFor();
    await ada.page.getByRole('link', { name: 'InMail to bob' }).click();
    await ada.page.getByText('Waiting for a response').waitFor();

    const bob = await visits().signIn('bob');
    await goTo(bob.page, 'Inbox');
    await bob.page.getByRole('button', { name: /From ada/ }).click();
    await bob.page.getByText(TEXT).waitFor();
    await bob.page.getByRole('textbox', { name: 'Or reply' }).fill('Gladly.\nOn Thursday?');
    await bob.page.getByRole('button', { name: 'Send the reply' }).click();
    await bob.page.getByText('Replied', { exact: true }).first().waitFor();

    await goTo(ada.page, 'My Premium');
    await expect.poll(() => balance(ada.page)).toBe('5');
    await goTo(ada.page, 'Sent');
    await ada.page.getByText('The credit came back.').waitFor();
    await ada.page.getByRole('button', { name: /To bob/ }).click();
    await ada.page.getByText('Gladly.\nOn Thursday?').waitFor();
  });

  it('a double click sends one InMail', async () => {
    const { page } = await visits().signIn('ada');
    await write(page, 'carol');
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url());
    });
    await page.getByRole('button', { name: 'Send for one credit' }).dblclick();
    await page.getByText('Sent to carol').waitFor();
    expect(posts).toHaveLength(1);
    expect(await visits().api.ledger('ada', 'premium')).toHaveLength(4);
  });

  it('two tabs at the same time spend a last credit once', async () => {
    for (const to of ['one', 'two', 'three', 'four']) await visits().api.send('liv', to, 'premium');
    const liv = await visits().signIn('liv');
    const tabs = [liv.page, await secondTab(liv)] as const;
    for (const [index, page] of tabs.entries()) {
      await page.bringToFront();
      await write(page, `five-${index}`);
      await page.getByText('1 credit left of Premium').waitFor();
    }
    await Promise.all(tabs.map(send));
    const outcomes = await Promise.all(
      tabs.map(async (page) => {
        const note = page.locator('.note-title');
        await note.waitFor();
        await page.getByText('0 credits left of Premium').waitFor();
        return (await note.innerText()).replace(/ to five-\d$/, '');
      }),
    );
    expect(outcomes.toSorted()).toEqual(['No credit left (rule R7)', 'Sent']);
    // The text that was not sent is still there, beside what would lift the refusal.
    const refused = tabs[outcomes.indexOf('No credit left (rule R7)')] as (typeof tabs)[number];
    expect(await refused.getByLabel('Message').inputValue()).toBe(TEXT);
    await refused.getByText(/The next renewal, on 12 Feb 2026, 01:00 CET \(in 30 days\), brings 5 credits/).waitFor();
    expect(await refused.getByRole('listitem').filter({ hasText: 'until 12 Apr 2026' }).count()).toBe(5);
    expect((await visits().api.ledger('liv', 'premium')).at(-1)).toMatchObject({ seq: 6, balance: 0 });
  });
});
