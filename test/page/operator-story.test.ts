/** Billing and support use the page, in a real browser (R1, R10, R11, R14). */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeVisits, goTo, open } from './browser.ts';

const section = (page: Page, product: string) =>
  page.getByRole('region').filter({ has: page.getByRole('heading', { level: 2, name: product, exact: true }) });

/** The entries in a list, as `type, change, forfeited, balance`. */
async function entriesIn(scope: Locator, label: string): Promise<string[][]> {
  const items = scope.getByRole('list', { name: label }).getByRole('listitem');
  await items.first().waitFor();
  const entries = await items.all();
  return Promise.all(
    entries.map(async (entry) => [
      await entry.locator('.tag').innerText(),
      ...(await Promise.all(['Change', 'Forfeited', 'Balance'].map((name) => figure(entry, name)))),
    ]),
  );
}

const figure = (entry: Locator, name: string): Promise<string> =>
  entry
    .locator('div')
    .filter({ has: entry.page().getByText(name, { exact: true }) })
    .getByRole('definition')
    .innerText();

describeVisits('an operator', (visits) => {
  it('billing subscribes, changes plan and cancels for a member, and sees each entry before it is written', async () => {
    const { page } = await visits().signIn('desk', ['billing']);
    await goTo(page, 'Members');
    await page.getByLabel('Member').fill('no body');
    await page.getByRole('button', { name: 'Find' }).click();
    await page
      .getByText('A member id has 1 to 128 of A-Z a-z 0-9 . _ : @ | + -, but neither dots alone nor __proto__.')
      .waitFor();
    await page.getByLabel('Member').fill('emil');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { level: 1, name: 'Member emil' }).waitFor();
    await page.getByText('emil never had a plan.').waitFor();

    const navigator = section(page, 'Sales Navigator');
    await navigator.getByLabel('Plan').selectOption('Sales Navigator Teams');
    await navigator.getByRole('button', { name: 'Subscribe …' }).click();
    await navigator.getByText('Put on Sales Navigator Teams: this would be written').waitFor();
    const granted = ['Subscribed', '+30', '0', '30'];
    expect(await entriesIn(navigator, 'Entries it would write')).toEqual([granted]);
    expect((await visits().api.call('GET', '/v1/members/emil/credits', { as: 'emil' })).body.credits).toEqual([]);
    await navigator.getByRole('button', { name: 'Put on Sales Navigator Teams' }).click();
    await navigator.getByText('Just as it was shown before').waitFor();
    expect(await entriesIn(navigator, 'Entries that were written')).toEqual([granted]);

    // The operator sees what the member sees: the balance, the renewal, the plot.
    await expect.poll(() => navigator.getByRole('meter').getAttribute('value')).toBe('30');
    await navigator.getByText('12 Feb 2026, 01:00 CET').first().waitFor();
    await navigator.getByRole('img', { name: /^Plot of the balance/ }).waitFor();

    await navigator.getByLabel('Plan').selectOption('Sales Navigator Core');
    await navigator.getByRole('button', { name: 'Change plan …' }).click();
    await navigator.getByRole('button', { name: 'Leave it as it is' }).click();
    expect(await visits().api.ledger('emil', 'sales-navigator')).toHaveLength(1);

    await navigator.getByRole('button', { name: 'Change plan …' }).click();
    await navigator.getByRole('button', { name: 'Put on Sales Navigator Core' }).click();
    await navigator.getByText('Done: this was written').waitFor();
    expect(await entriesIn(navigator, 'Entries that were written')).toEqual([['Plan changed', '+20', '30', '50']]);

    await navigator.getByRole('button', { name: 'Cancel subscription …' }).click();
    expect(await entriesIn(navigator, 'Entries it would write')).toEqual([['Cancelled', '−50', '50', '0']]);
    await navigator.getByRole('button', { name: 'Cancel the subscription' }).click();
    await navigator.getByText('Done: this was written').waitFor();
    await navigator.getByText('The plan of Sales Navigator was cancelled').waitFor();

    await navigator.getByText('Statement of Sales Navigator', { exact: true }).click();
    await navigator.getByRole('list', { name: 'Entries of Sales Navigator' }).getByRole('listitem').nth(2).waitFor();
    expect((await entriesIn(navigator, 'Entries of Sales Navigator')).map(([type]) => type)).toEqual([
      'Cancelled',
      'Plan changed',
      'Subscribed',
    ]);
  });

  it('billing is told if a step would write nothing', async () => {
    await visits().api.subscribe('nora', 'premium', 'premium-career');
    const { page } = await visits().signIn('desk', ['billing']);
    await open(page, '#/operator/nora', 'Member nora');
    const premium = section(page, 'Premium');
    await premium.getByLabel('Plan').selectOption('Premium Career (current)');
    await premium.getByRole('button', { name: 'Change plan …' }).click();
    await premium.getByText('The member has this plan already.').waitFor();
    expect(await premium.getByRole('button', { name: 'Put on Premium Career' }).count()).toBe(0);
  });

  it('billing is told if the wallet changed between the preview and the entry', async () => {
    await visits().api.subscribe('gus', 'premium', 'premium-business');
    const { page } = await visits().signIn('desk', ['billing']);
    await open(page, '#/operator/gus', 'Member gus');
    const premium = section(page, 'Premium');
    await premium.getByRole('button', { name: 'Cancel subscription …' }).click();
    expect(await entriesIn(premium, 'Entries it would write')).toEqual([['Cancelled', '−15', '15', '0']]);
    await visits().api.send('gus', 'hal', 'premium');
    await premium.getByRole('button', { name: 'Cancel the subscription' }).click();
    await premium.getByText('Not as it was shown before').waitFor();
    expect(await entriesIn(premium, 'Entries that were written')).toEqual([
      ['Sent', '−1', '0', '14'],
      ['Cancelled', '−14', '14', '0'],
    ]);
  });

  it('billing connects two members, and InMails between them are refused from then on', async () => {
    await visits().api.subscribe('fay', 'premium', 'premium-career');
    const { page } = await visits().signIn('desk', ['billing']);
    await open(page, '#/operator/fay', 'Member fay');
    await page.getByLabel('Other member').fill('fay');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Name another member than the one above.').waitFor();
    await page.getByLabel('Other member').fill('ivo');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('fay and ivo are connected').waitFor();
    expect((await visits().api.send('fay', 'ivo', 'premium')).status).toBe(409);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('fay and ivo are no longer connected').waitFor();
    expect((await visits().api.send('fay', 'ivo', 'premium', 'again')).status).toBe(201);
  });

  it('support sees everything and changes nothing', async () => {
    await visits().api.subscribe('mia', 'premium', 'premium-career');
    const { page } = await visits().signIn('helper', ['support']);
    await open(page, '#/operator/mia', 'Member mia');
    await expect.poll(() => section(page, 'Premium').getByRole('meter').getAttribute('value')).toBe('5');
    await page.getByText('You signed in for support, so you can see everything here but change nothing.').waitFor();
    expect(await page.getByRole('button', { name: /Subscribe|Change plan|Cancel|Connect/ }).count()).toBe(0);
  });

  it('a member without a scope is told what the view takes', async () => {
    const { page } = await visits().signIn('ada');
    expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0);
    await open(page, '#/operator/bob', 'Member bob');
    await page.getByText('Your sign-in is for neither.').waitFor();
    expect(await page.getByRole('region').count()).toBe(0);
  });

  it('a member becomes an operator in the same view, and is a member again after a reload of another view', async () => {
    const { page } = await visits().signIn('ada');
    await open(page, '#/operator/bob', 'Member bob');
    await page.getByRole('button', { name: 'Sign in as an operator' }).click();
    await page.getByRole('checkbox', { name: 'billing' }).check();
    await page.getByLabel('Member id').fill('desk');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Member bob' }).waitFor();
    await section(page, 'Premium').first().waitFor();
    await open(page, '#/', 'My Premium');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
    await page.getByText('Signed in as desk').waitFor();
    expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0);
  });
});
