/** The contract's documents in a browser, in which a breach of the page's security policy is a fault. */
import { expect, it } from 'vitest';
import { axeFaults, describeVisits, overflows } from './browser.ts';

const PAGES = [
  ['/docs', /^InMail credits/],
  ['/problems', 'Problems'],
  ['/problems/no-active-subscription', 'No active subscription of that product'],
] as const;

describeVisits('a document of the contract', (visits) => {
  it.each(PAGES)('the document %s gives axe nothing to find and needs no scrolling sideways', async (path, heading) => {
    const { page } = await visits().signIn('ada');
    await page.goto(`${visits().system.baseUrl}${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    const colours = new Set<unknown>();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 1_280, height: 900 });
      expect([colorScheme, await overflows(page)]).toEqual([colorScheme, false]);
      await page.setViewportSize({ width: 320, height: 900 });
      const faults = await axeFaults(page, colorScheme === 'light' ? 'everything' : 'colours');
      expect([colorScheme, await overflows(page), faults]).toEqual([colorScheme, false, []]);
      colours.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    // Without its style a page has one colour in both themes.
    expect(colours.size).toBe(2);
  });

  it('a refusal leads by keyboard alone to the request that can meet it', async () => {
    const { page } = await visits().signIn('ada');
    await page.goto(`${visits().system.baseUrl}/problems/response-pending`);
    for (const name of ['All problems', 'The API', 'POST /v1/inmails']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs#send-inmail');
    await page.getByRole('heading', { level: 3, name: 'POST /v1/inmails' }).waitFor();
  });
});
