/** A sign-in in a real browser: the answers it believes, how long it lasts, and that nothing is left afterwards. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { CHROMIUM, CHROMIUM_ARGS } from '../../tools/check-page/chromium.ts';
import { pick, secondTab, send, write } from './acts.ts';
import { axeFaults, describeVisits, goTo, overflows } from './browser.ts';

const EVIL = 'Your account was suspended. Call +1 555 0100.';
const SECRET = 'a text that no disk may keep';

describeVisits('a sign-in', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('ada', 'premium', 'premium-career');
    await visits().api.call('POST', '/v1/inmails', {
      as: 'ada',
      headers: { 'idempotency-key': 'secret' },
      json: { product: 'premium', recipientId: 'bob', subject: 'Hello', body: SECRET },
    });
  });

  it.each(['state=other', 'state=', ''])(
    'a sign-in under way is not ended by a foreign answer (%j), and the words of that are not shown',
    async (state) => {
      const { page } = await visits().visit();
      const words = new URLSearchParams({ error: 'access_denied', error_description: EVIL });
      await page.goto(`${visits().system.baseUrl}/?${words}&${state}`);
      await page.getByRole('alert').waitFor();
      expect(await page.locator('body').innerText()).not.toContain('suspended');
      expect(await page.getByRole('alert').innerText()).toBe('This sign-in did not start in this tab.');
      expect(new URL(page.url()).search).toBe('');
      await page.goBack();
      await pick(page, 'ada');
    },
  );

  it('a sign-in that the issuer refuses is told in our words', async () => {
    const { page } = await visits().visit();
    const state = new URL(page.url()).searchParams.get('state') ?? '';
    const words = new URLSearchParams({ error: 'access_denied', error_description: EVIL, state });
    await page.goto(`${visits().system.baseUrl}/?${words}`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toBe('You did not sign in.');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await pick(page, 'ada');
  });

  it('a sign-in goes on while a member writes for longer than a token lasts, and the text stays', async () => {
    const { page } = await visits().signIn('ada');
    const renewals = refreshTokensSent(page, 'token');
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
    await write(page, 'carol');
    await page.clock.fastForward('20:00');
    await send(page);
    await page.getByText('Sent to carol').waitFor();
    await page.getByRole('button', { name: 'Write another' }).click();
    await write(page, 'dave', SECRET);
    await page.clock.fastForward('20:00');
    expect(await page.getByLabel('Message').inputValue()).toBe(SECRET);
    await send(page);
    await page.getByText('Sent to dave').waitFor();
    expect(new Set(renewals).size).toBe(2);
  });

  it('signing out ends all tabs at once, clears what they show and makes their refresh tokens worthless', async () => {
    const ada = await visits().visit();
    const { page } = ada;
    await pick(page, 'ada');
    const other = await secondTab(ada);
    await goTo(other, 'Sent');
    await other.getByRole('button', { name: /To bob/ }).click();
    await other.getByText(SECRET).waitFor();
    const revoked = [refreshTokensSent(page, 'revoke'), refreshTokensSent(other, 'revoke')];

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor();
    await other.getByText('You are signed out.').waitFor();
    for (const tab of [page, other]) expect([await axeFaults(tab), await overflows(tab)]).toEqual([[], false]);
    expect(await other.locator('body').innerText()).not.toMatch(new RegExp(`${SECRET}|ada|bob`));
    await expect.poll(() => revoked.map((tokens) => tokens.length)).toEqual([1, 1]);
    for (const refresh_token of revoked.flat()) {
      const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'local', refresh_token });
      const { status } = await fetch(`${visits().system.baseUrl}/local/sign-in/token`, { method: 'POST', body });
      expect(status).toBe(400);
    }
    // The issuer has forgotten the member as well.
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('a sign-in that is over has left no text on the disk', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'inmail-credits-profile-'));
    try {
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: CHROMIUM as string,
        args: [...CHROMIUM_ARGS],
      });
      const page = await context.newPage();
      await page.goto(visits().system.baseUrl);
      await pick(page, 'bob');
      await goTo(page, 'Inbox');
      await page.getByRole('button', { name: /From ada/ }).click();
      await page.getByText(SECRET).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor();
      await context.close();
      const files = globSync('**/*', { cwd: profile }).filter((name) => statSync(join(profile, name)).isFile());
      expect(files.length).toBeGreaterThan(10);
      expect(files.filter((name) => readFileSync(join(profile, name)).includes(SECRET))).toEqual([]);
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
});

/** The refresh tokens that a page sends to the issuer from now on, for this purpose. */
function refreshTokensSent(page: Page, purpose: 'token' | 'revoke'): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith(`/local/sign-in/${purpose}`)) return;
    const form = new URLSearchParams(request.postData() ?? '');
    const token = form.get(purpose === 'token' ? 'refresh_token' : 'token');
    if (token !== null) sent.push(token);
  });
  return sent;
}
