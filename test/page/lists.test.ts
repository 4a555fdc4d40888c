/** Lists on the page: in pages, filtered, downloaded, verified; and what a list cannot say by itself. */
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

  it('of InMails comes in pages, newest first, each once', async () => {
    const { page } = await visits().signIn('cleo');
    await goTo(page, 'Sent');
    await loaded(page);
    await showAll(page, 'InMails');
    await page.getByText(`${SENT} InMails, that is all.`).waitFor();
    const titles = await page.getByRole('article').locator('.letter-who').allTextContents();
    expect(titles).toEqual(Array.from({ length: SENT }, (_, index) => `To lead-${SENT - index}`));
  });

  it('of entries comes in pages, and a filter says what it hides', async () => {
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

  it('of entries is downloaded whole, under one header, however many pages it has', async () => {
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

  it('of entries that was altered is found out, at the entry that was', async () => {
    const { page } = await visits().signIn('cleo');
    await openStatement(page);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('The statement holds').waitFor();
    await page.getByText(`${SENT + 1} entries without a gap`).waitFor();
    // The seventh InMail went to somebody else, says who stands between.
    await page.route('**/credits/sales-navigator/ledger?*', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replace('cleo~lead-7~000001', 'cleo~lead-x~000001');
      await route.fulfill({ response, body: text });
    });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Entry 8 does not fit').waitFor();
    await page.getByText('Its hash is not that of what it says.').waitFor();
  });

  it('of InMails says which credits cannot come back, since the plan that paid has changed', async () => {
    const { api } = visits();
    await api.subscribe('emil', 'premium', 'premium-career');
    await api.send('emil', 'before', 'premium');
    await api.subscribe('emil', 'premium', 'premium-business');
    await api.send('emil', 'after', 'premium');
    const { page } = await visits().signIn('emil');
    await goTo(page, 'Sent');
    const letter = (to: string) => page.getByRole('article').filter({ hasText: `To ${to}` });
    await letter('before').getByText('The credit cannot come back: the plan that paid has been changed').waitFor();
    await letter('after').getByText('The credit can come back until 12 Apr 2026, 11:00 CEST').waitFor();
    await open(page, '#/sent/emil~before~000001', 'Sent');
    await letter('before').getByText('The credit cannot come back').waitFor();
  });
});
