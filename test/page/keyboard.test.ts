/** The page without a mouse: everything is reached, seen and done from the keyboard alone. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { describeVisits, loaded, open, type Visitor } from './browser.ts';

/** A view has some forty controls, and a date field takes several stops. */
const MOST_STOPS = 120;

type Stop = { readonly name: string; readonly isSeen: boolean };

/** The control with the focus: its name, and whether the focus can be seen. */
const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(`(() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.innerText ?? element.innerText ?? '';
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, left, width } = element.getBoundingClientRect();
    const isOnScreen = bottom > 0 && top < innerHeight && left + width > 0;
    return {
      name: (element.getAttribute('aria-label') ?? label).trim().replaceAll(/\\s+/g, ' '),
      isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && isOnScreen,
    };
  })()`);

/** Presses Tab until the control of that name has the focus. On the way, every control shows its focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    // After the last control comes the browser's own, and then the first again.
    if (await page.evaluate('document.activeElement === document.body')) continue;
    const stop = await stopOf(page);
    expect(stop).toEqual({ ...stop, isSeen: true });
    if (typeof name === 'string' ? stop.name === name : name.test(stop.name)) return;
    passed.push(stop.name);
  }
  throw new Error(`no Tab leads to ${name}, only to ${passed.join(' · ')}`);
}

const type = (page: Page, text: string) => page.keyboard.type(text);
const press = (page: Page, key: string) => page.keyboard.press(key);

/** A view is there, and all it reads. */
async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await loaded(page);
}

async function signIn({ page }: Visitor, memberId: string, scopes: readonly string[] = []): Promise<void> {
  if (scopes.length > 0) {
    await tabTo(page, 'Sign in as an operator instead');
    await press(page, 'Enter');
    await page.getByRole('checkbox').first().waitFor();
  }
  for (const scope of scopes) {
    await tabTo(page, new RegExp(`^${scope}`));
    await press(page, 'Space');
  }
  await tabTo(page, /^Member id/);
  await type(page, memberId);
  await press(page, 'Enter');
  await heading(page, scopes.length > 0 ? 'Members' : 'My Premium');
}

async function goTo(page: Page, link: string, title = link): Promise<void> {
  await tabTo(page, link);
  await press(page, 'Enter');
  await heading(page, title);
  // As with a page of its own: the next Tab goes on from its heading.
  await expect.poll(async () => (await stopOf(page)).name).toBe(title);
}

describeVisits('by keyboard alone', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('ada', 'premium', 'premium-career');
  });

  it('a member signs in, writes, reads a statement and verifies it', async () => {
    const visitor = await visits().visit();
    const { page } = visitor;
    await signIn(visitor, 'ada');
    await goTo(page, 'Write', 'Write an InMail');
    await tabTo(page, 'Recipient');
    await type(page, 'bob');
    await tabTo(page, 'Message');
    await type(page, 'Dear Bob,');
    await press(page, 'Enter');
    await type(page, 'shall we talk?');
    await tabTo(page, 'Send for one credit');
    await press(page, 'Enter');
    // The subject is empty: the cursor stands in it.
    await expect.poll(async () => (await stopOf(page)).name).toBe('Subject');
    await type(page, 'Hello');
    await press(page, 'Enter');
    await page.getByText('Sent to bob').waitFor();
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/^Sent to bob/);
    await tabTo(page, 'Show it in Sent');
    await press(page, 'Enter');
    await heading(page, 'Sent');

    await goTo(page, 'My Premium');
    await tabTo(page, 'The same as a table');
    await press(page, 'Enter');
    await page.getByRole('table').waitFor();
    await tabTo(page, 'Statement of Premium');
    await press(page, 'Enter');
    await heading(page, 'Statement of Premium');
    await tabTo(page, 'Verify');
    await press(page, 'Enter');
    await page.getByText('The statement holds').waitFor();
    const entries = page.getByRole('list', { name: 'Entries of Premium' }).getByRole('listitem');
    await tabTo(page, 'Type');
    await type(page, 'Sent');
    await expect.poll(() => entries.count()).toBe(1);
    await tabTo(page, 'Show all');
    await press(page, 'Space');
    await expect.poll(() => entries.count()).toBe(2);
  });

  it('a recipient opens an InMail and responds, and hides another after a second look', async () => {
    await visits().api.subscribe('cleo', 'premium', 'premium-career');
    await visits().api.send('cleo', 'dan', 'premium');
    const visitor = await visits().visit();
    const { page } = visitor;
    await signIn(visitor, 'dan');
    await goTo(page, 'Inbox');
    await tabTo(page, /^From cleo/);
    await press(page, 'Enter');
    await tabTo(page, 'Maybe later');
    await press(page, 'Space');
    await page.getByText('Quick reply', { exact: true }).waitFor();
    await tabTo(page, 'Hide from my box…');
    await press(page, 'Enter');
    await tabTo(page, 'Keep it');
    await press(page, 'Enter');
    // The focus is back at the button that opened the question.
    await expect.poll(async () => (await stopOf(page)).name).toBe('Hide from my box…');
    await press(page, 'Enter');
    await tabTo(page, 'Hide it');
    await press(page, 'Enter');
    await page.getByText('Hidden from your box').first().waitFor();
  });

  it('an operator finds a member and changes their plan', async () => {
    const visitor = await visits().visit();
    const { page } = visitor;
    await signIn(visitor, 'desk', ['billing']);
    await tabTo(page, 'Member');
    await type(page, 'emil');
    await press(page, 'Enter');
    await heading(page, 'Member emil');
    await tabTo(page, 'Plan');
    await type(page, 'Premium Business');
    await tabTo(page, 'Subscribe …');
    await press(page, 'Enter');
    await page.getByText('Put on Premium Business: this would be written').waitFor();
    await tabTo(page, 'Put on Premium Business');
    await press(page, 'Enter');
    await page.getByText('Done: this was written').waitFor();
    expect(await visits().api.ledger('emil', 'premium')).toMatchObject([{ plan: 'premium-business', balance: 15 }]);
  });

  it('a member skips the head of the page, moves the clock and signs out', async () => {
    const visitor = await visits().visit();
    const { page } = visitor;
    await signIn(visitor, 'ada');
    await goTo(page, 'Time machine');
    await page.reload();
    await heading(page, 'Time machine');
    await tabTo(page, 'Skip to the content');
    await press(page, 'Enter');
    await tabTo(page, '+1 day');
    await press(page, 'Enter');
    await page.locator('.note-title').waitFor();
    // The list of events comes when it is ready, and moves everything below it.
    await page.locator('.events li').first().waitFor();
    await tabTo(page, 'Renewals');
    const isOn = () => page.getByRole('checkbox', { name: 'Renewals' }).isChecked();
    const isOnThere = async () => {
      const { schedules } = (await visits().api.call('GET', '/local/schedules')).body;
      return schedules.find(({ name }: { name: string }) => name === 'renew-wallets').enabled;
    };
    const done: string[] = [];
    page.on('requestfinished', (request) => {
      if (request.method() === 'PUT') done.push(request.postData() ?? '');
    });
    await press(page, 'Space');
    expect(await isOn()).toBe(false);
    await expect.poll(isOnThere).toBe(false);
    // Pressed three times in a hurry, it is what the third one made it.
    for (const _ of [1, 2, 3]) await press(page, 'Space');
    expect(await isOn()).toBe(true);
    await expect.poll(() => done.map((body) => JSON.parse(body).enabled)).toEqual([false, true, false, true]);
    expect([await isOn(), await isOnThere()]).toEqual([true, true]);
    await tabTo(page, 'Sign out');
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor();
    await tabTo(page, 'Sign in');
    await press(page, 'Enter');
    await heading(page, 'Sign in');
  });

  it.each([
    ['#/', 'My Premium'],
    ['#/compose', 'Write an InMail'],
    ['#/sent', 'Sent'],
    ['#/statement/premium', 'Statement of Premium'],
    ['#/operator/ada', 'Member ada'],
    ['#/time', 'Time machine'],
  ])('every control of %s is reached, and nothing holds the focus', async (hash, title) => {
    const { page } = await visits().signIn('ada', ['billing']);
    await open(page, hash, title);
    const missed = await page.evaluate(`(() => {
      window.missed = new Set(
        [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((control) =>
          control.checkVisibility(),
        ),
      );
      addEventListener('focusin', ({ target }) => missed.delete(target));
      document.body.focus();
      return missed.size;
    })()`);
    expect(missed).toBeGreaterThan(5);
    const left = () => page.evaluate('[...missed].map((control) => control.outerHTML)') as Promise<string[]>;
    for (let stops = 0; stops < MOST_STOPS && (await left()).length > 0; stops += 1) await press(page, 'Tab');
    expect(await left()).toEqual([]);
  });
});
