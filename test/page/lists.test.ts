/** The lists of the page, in pages of results, filtered, downloaded and verified. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { describeVisits, goTo, loaded, open } from './browser.ts';

const SENT = 50;

describeVisits('a list', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('cleo', 'sales-navigator', 'sales-navigator-core');
    for (let n = 1; n <= SENT; n += 1) await visits().api.send('cleo', `lead-${n}`, 'sales-navigator');
  });

  const entriesOf = (page: Page) =>
    page.getByRole('list', { name: 'Entries of Sales Navigator' }).getByRole('listitem');
  const openStatement = (page: Page) => open(page, '#/statement/sales-navigator', 'Statement of Sales Navigator');

  async function showAll(page: Page, noun: string): Promise<void> {
    const more = page.getByRole('button', { name: `Show more ${noun}` });
    let pages = 1;
    for (; (await more.count()) > 0; pages += 1) {
      await more.click();
      await loaded(page);
    }
    expect(pages).toBeGreaterThan(1);
  }

  it('a list of InMails comes in pages of results, newest first, each InMail once', async () => {
    const { page } = await visits().signIn('cleo');
    await goTo(page, 'Sent');
    await loaded(page);
    await showAll(page, 'InMails');
    await page.getByText(`${SENT} InMails, that is all.`).waitFor();
    const titles = await page.getByRole('article').locator('.letter-who').allTextContents();
    expect(titles).toEqual(Array.from({ length: SENT }, (_, index) => `To lead-${SENT - index}`));
  });

  it('a list of entries comes in pages of results, and a filter says what it hides', async () => {
    const { page } = await visits().signIn('cleo');
    await openStatement(page);
    await page.getByLabel('Type').selectOption('Subscribed');
    await page.getByText('No loaded entry is of that type and time.').waitFor();
    await page.getByText('Older ones are not loaded yet.').waitFor();
    await showAll(page, 'entries');
    expect(await entriesOf(page).count()).toBe(1);
    await page.getByLabel('From (UTC)').fill('2026-01-13');
    await page.getByText('No loaded entry is of that type and time.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => entriesOf(page).count()).toBe(SENT + 1);
  });

  it('a statement is downloaded whole, under one header, however long it is', async () => {
    const { page } = await visits().signIn('cleo');
    await openStatement(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('sales-navigator-cleo-2026-01-12.csv');
    const [header, ...rows] = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(header).toMatch(/^memberId,product,seq,/);
    const seqs = rows.map((row) => Number(row.split(',')[2]));
    expect(seqs).toEqual(Array.from({ length: SENT + 1 }, (_, index) => SENT + 1 - index));
  });

  it('an altered statement is found out, at the entry that was altered', async () => {
    const { page } = await visits().signIn('cleo');
    await openStatement(page);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('The statement holds').waitFor();
    await page.getByText(`${SENT + 1} entries without a gap`).waitFor();
    // A middleman changes the recipient of the seventh InMail.
    await page.route('**/credits/sales-navigator/ledger?*', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replace('cleo~lead-7~000001', 'cleo~lead-x~000001');
      await route.fulfill({ response, body: text });
    });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Entry 8 does not fit').waitFor();
    await page.getByText('Its hash does not match its content.').waitFor();
  });

  it('an inbox loads on when all it shows gets hidden, and says so once everything is hidden', async () => {
    const { api } = visits();
    const SHOWN = 20;
    for (let n = 0; n <= SHOWN; n += 1) {
      await api.subscribe(`writer-${n}`, 'premium', 'premium-career');
      await api.send(`writer-${n}`, 'gina', 'premium');
    }
    const { page } = await visits().signIn('gina');
    await goTo(page, 'Inbox');
    await loaded(page);
    await expect.poll(() => page.getByRole('article').count()).toBe(SHOWN);
    for (let n = SHOWN; n > 0; n -= 1) {
      const letter = page.getByRole('article').filter({ hasText: new RegExp(`From writer-${n}(?![0-9])`) });
      await letter.getByRole('button', { expanded: false }).click();
      await letter.getByRole('button', { name: 'Hide from my box…' }).click();
      await letter.getByRole('button', { name: 'Hide it' }).click();
      await letter.waitFor({ state: 'detached' });
    }
    await page.getByRole('article').filter({ hasText: 'From writer-0' }).waitFor();
    await page.getByText('1 InMail, that is all.').waitFor();
    await api.call('DELETE', '/v1/inmails/writer-0~gina~000001', { as: 'gina' });
    await page.reload();
    await page.getByText('You have hidden every InMail in your inbox.').waitFor();
    expect(await page.getByText('You have not received an InMail yet.').count()).toBe(0);
  });

  it('an inbox leads past hundreds of hidden InMails to those that are not', async () => {
    const { api } = visits();
    // A page of results passes over 200 by itself, and then is empty.
    const hidden = 205;
    for (let n = 1; n <= hidden + 2; n += 1) {
      await api.subscribe(`fan-${n}`, 'premium', 'premium-career');
      await api.send(`fan-${n}`, 'hana', 'premium');
      if (n > 2) await api.call('DELETE', `/v1/inmails/fan-${n}~hana~000001`, { as: 'hana' });
    }
    const { page } = await visits().signIn('hana');
    await goTo(page, 'Inbox');
    await page.getByText('2 InMails, that is all.').waitFor();
    await page.getByRole('article').filter({ hasText: 'From fan-1' }).waitFor();
  });

  it('an empty inbox and an empty list of sent InMails say so', async () => {
    const { page } = await visits().signIn('newcomer');
    await goTo(page, 'Inbox');
    await page.getByText('You have not received an InMail yet.').waitFor();
    await goTo(page, 'Sent');
    await page.getByText('You have not sent an InMail yet.').waitFor();
  });

  it('the sent InMails say which credits cannot come back, because the plan that paid was changed', async () => {
    const { api } = visits();
    await api.subscribe('emil', 'premium', 'premium-career');
    await api.send('emil', 'before', 'premium');
    await api.subscribe('emil', 'premium', 'premium-business');
    await api.send('emil', 'after', 'premium');
    const { page } = await visits().signIn('emil');
    await goTo(page, 'Sent');
    const letter = (to: string) => page.getByRole('article').filter({ hasText: `To ${to}` });
    await letter('before').getByText('The credit cannot come back, because the plan that paid was changed').waitFor();
    await letter('after').getByText('The credit can come back until 12 Apr 2026, 11:00 CEST').waitFor();
    await open(page, '#/sent/emil~before~000001', 'Sent');
    await letter('before').getByText('The credit cannot come back').waitFor();
  });

  it('the balance over time says since when, if it does not show the whole year', async () => {
    const { api } = visits();
    await api.subscribe('ines', 'premium', 'premium-career');
    const figure = async () => {
      const { page } = await visits().signIn('ines');
      await loaded(page);
      await page.getByRole('figure').waitFor();
      return page.getByText(/only the last [0-9]+ entries, since/);
    };
    expect(await (await figure()).count()).toBe(0);
    for (let n = 1; n <= 251; n += 1) {
      await api.send('ines', 'jo', 'premium', `key-${n}`);
      const path = `/v1/inmails/ines~jo~${String(n).padStart(6, '0')}/response`;
      await api.call('PUT', path, { as: 'jo', json: { type: 'accept' } });
    }
    expect(await (await figure()).textContent()).toMatch(
      /only the last 500 entries, since .*\. The statement has all\./,
    );
  });
});
