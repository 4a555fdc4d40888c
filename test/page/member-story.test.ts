/** What a member does on the page, in a real browser; skipped, saying so, where there is no Chromium. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { axeFaults, CHROMIUM, goTo, overflows, Visits } from './browser.ts';

/** Shown as it is, and never made an element, a script or a formula. */
const HOSTILE = '<img src=x onerror="document.title=1"><script>alert(1)</script> =1+1 "quoted" & co';

describe.skipIf(!CHROMIUM)('the page (skipped where no Chromium is installed)', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await Visits.open();
    await visits.subscribe('ada', 'premium', 'premium-career');
  });
  afterAll(() => visits.close());

  it('takes a member from sign-in to the credit back', async () => {
    const ada = await visits.signIn('ada');
    await expect.poll(() => ada.page.getByRole('meter').first().getAttribute('value')).toBe('5');

    await goTo(ada.page, 'Write', /./);
    await ada.page.getByLabel('Recipient').fill('bob');
    await ada.page.getByLabel('Subject').fill('Hello');
    await ada.page.getByLabel('Message').fill(HOSTILE);
    const posts: string[] = [];
    ada.page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url());
    });
    await ada.page.getByRole('button', { name: 'Send for one credit' }).dblclick();
    await ada.page.getByText('Sent to bob').waitFor();
    expect(posts).toHaveLength(1);

    const bob = await visits.signIn('bob');
    await goTo(bob.page, 'Inbox');
    await bob.page.getByRole('button', { name: /From ada/ }).click();
    await bob.page.getByText(HOSTILE, { exact: true }).waitFor();
    expect(await bob.page.locator('main img, main script').count()).toBe(0);
    await bob.page.getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => bob.page.locator('main').innerText()).toMatch(/accepted/i);

    await goTo(ada.page, 'My Premium');
    await expect.poll(() => ada.page.getByRole('meter').first().getAttribute('value')).toBe('5');
    expect([...ada.faults, ...bob.faults]).toEqual([]);
    expect(await ada.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
    expect(audit(await scanBooks(visits.system), RULES)).toEqual([]);
    await ada.context.close();
    await bob.context.close();
  });

  it.each([
    ['light', 1_280],
    ['dark', 320],
  ] as const)('has nothing for axe to find, and nothing to scroll sideways, %s at %i pixels', async (theme, width) => {
    const { page, faults, context } = await visits.signIn('ada', ['billing'], { width, dark: theme === 'dark' });
    for (const link of ['My Premium', 'Write', 'Inbox', 'Sent', 'Members', 'Time machine']) {
      await goTo(page, link, /./);
      await page.waitForLoadState('networkidle').catch(() => {});
      expect([link, await axeFaults(page), await overflows(page)]).toEqual([link, [], false]);
    }
    expect(faults).toEqual([]);
    await context.close();
  });
});
