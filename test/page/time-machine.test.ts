/** The local clock, moved on the page across the ends of two months, in a real browser (R3–R6, R15, R16). */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { describeVisits, goTo, open } from './browser.ts';

/** The last day of January: Core renews at midnight, and an anniversary of the 31st on the last day of February. */
const MONTH_END = instant('2026-01-31T09:00:00.000Z');

const balance = (page: Page, product = 'Premium') =>
  page.getByRole('meter', { name: `Credits of ${product}` }).getAttribute('value');
const clock = (page: Page) => page.locator('.clock').innerText();
const happened = (page: Page, sentence: string) =>
  page.getByRole('region', { name: 'What happens' }).getByText(sentence).first().waitFor();

async function press(page: Page, button: string): Promise<void> {
  await goTo(page, 'Time machine');
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.locator('.note-title').waitFor();
}

async function setTo(page: Page, dateAndTime: string): Promise<void> {
  await goTo(page, 'Time machine');
  await page.getByLabel('Date and time (UTC)').fill(dateAndTime);
  await page.getByRole('button', { name: 'Move there' }).click();
}

describeVisits(
  'the time machine',
  (visits) => {
    beforeAll(async () => {
      await visits().api.subscribe('ada', 'premium', 'premium-career');
      await visits().api.subscribe('ada', 'sales-navigator', 'sales-navigator-core');
      await visits().api.send('ada', 'bob', 'premium');
    });

    it('renewals are exact at midnight of a month end, and written when the job comes', async () => {
      const { page } = await visits().signIn('ada');
      await press(page, 'To the 1st of next month');
      await page.getByText('Nothing fell due on the way').waitFor();
      await expect.poll(() => clock(page)).toContain('2026-02-01 00:00:');
      await open(page, '#/statement/sales-navigator', 'Statement of Sales Navigator');
      const entries = page.getByRole('list', { name: 'Entries of Sales Navigator' });
      await entries.getByText('Monthly renewal of Sales Navigator Core: 50 credits came in.').waitFor();
      await entries.getByText('1 Feb 2026, 01:00 CET').waitFor();

      await press(page, '+1 day');
      await page.getByText(/Renewals, 1 Feb 2026, 01:05 CET: 1 wallet renewed\./).waitFor();
      await happened(page, 'ada, Sales Navigator: 50 credits came in, 100 now.');
      await goTo(page, 'My Premium');
      await expect.poll(() => balance(page, 'Sales Navigator')).toBe('100');
    });

    it('a recipient is reminded within the third day', async () => {
      const { page } = await visits().signIn('bob');
      await press(page, '+3 days');
      await page.getByText(/Reminders, 3 Feb 2026, 09:15 CET: 1 recipient reminded\./).waitFor();
      await happened(page, "bob is reminded of ada's InMail.");
    });

    it('balances stay exact while the job is switched off, also on the last day of a short month', async () => {
      const { page } = await visits().signIn('ada');
      await goTo(page, 'Time machine');
      const renewals = page.getByRole('checkbox', { name: 'Renewals' });
      await renewals.uncheck();
      await expect.poll(() => renewals.isChecked()).toBe(false);
      await setTo(page, '2026-02-28T00:00');
      await page.locator('.note-title').waitFor();
      await goTo(page, 'My Premium');
      await expect.poll(() => balance(page)).toBe('9');

      await goTo(page, 'Time machine');
      await page.getByRole('checkbox', { name: 'Renewals' }).check();
      await press(page, '+1 day');
      await page.getByText(/Renewals, 28 Feb 2026, 01:05 CET: 1 wallet renewed\./).waitFor();
      await goTo(page, 'My Premium');
      await expect.poll(() => balance(page)).toBe('9');
    });

    it('the page says that events are missing if the system no longer keeps them', async () => {
      const { page } = await visits().signIn('ada');
      const gap = { type: 'gap', lastEventId: 'ada#premium#1', oldestKept: 'ada#premium#7' };
      const body = `event: gap\ndata: ${JSON.stringify(gap)}\n\n`;
      await page.route('**/local/events', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
      await goTo(page, 'Time machine');
      await happened(
        page,
        'Events are missing here: those after ada#premium#1 and before ada#premium#7 are no longer kept.',
      );
    });

    it('the clock goes forward only, and says so', async () => {
      const { page } = await visits().signIn('ada');
      await goTo(page, 'Time machine');
      await page.getByRole('button', { name: 'Move there' }).click();
      await page.getByText('Enter a date and a time.').waitFor();
      await setTo(page, '2026-01-01T00:00');
      await page.getByRole('alert').getByText('the clock goes forward only').waitFor();
      expect(await clock(page)).toContain('2026-03-01');
    });

    it('a long move shows its progress, and an InMail that expired on the way', async () => {
      const { page } = await visits().signIn('ada');
      await goTo(page, 'Time machine');
      const held = Promise.withResolvers<void>();
      await page.route('**/local/clock', async (route) => {
        if (route.request().method() === 'POST') await held.promise;
        await route.continue();
      });
      await page.getByRole('button', { name: '+100 days' }).click();
      await page.getByText(/^On the way to 9 Jun 2026/).waitFor();
      await page.getByRole('progressbar', { name: 'How far the clock has come' }).waitFor();
      expect(await page.getByRole('button', { name: '+1 day' }).getAttribute('aria-disabled')).toBe('true');
      held.resolve();
      await page.getByText(/Expiries, 2 May 2026, 02:35 CEST: 1 InMail expired\./).waitFor();
      await happened(page, "ada's InMail to bob expired. Its credit is lost, and the pair is still locked.");
      await goTo(page, 'Sent');
      await page.getByText('The credit is lost because the recipient did not respond within 90 days.').waitFor();
    });
  },
  MONTH_END,
);
