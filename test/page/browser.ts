/** A browser on a running local system, that notes whatever a page should never do. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildPage } from '../../local/page/build.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);

/** Where a Chromium is; undefined where there is none, and the tests that need it are skipped. */
export const CHROMIUM = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);

export class Visits {
  readonly system: LocalSystem;
  readonly #browser: Browser;
  private constructor(system: LocalSystem, browser: Browser) {
    this.system = system;
    this.#browser = browser;
  }

  static async open(): Promise<Visits> {
    const system = await startLocalSystem({ pageDir: await buildPage() });
    // Debian's Chromium has no sandbox for the user that builds run as.
    const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
    return new Visits(system, browser);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.system.stop();
  }

  /** A member in a browser of their own, signed in through the picker. */
  async signIn(memberId: string, scopes: readonly string[] = [], options: { width?: number; dark?: boolean } = {}) {
    const { width = 1_280, dark = false } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
    });
    const faults: string[] = [];
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.system.baseUrl)) faults.push(`asked elsewhere: ${request.url()}`);
    });
    await page.goto(this.system.baseUrl);
    for (const scope of scopes) await page.getByRole('checkbox', { name: new RegExp(`^${scope}`) }).check();
    await page.getByLabel('Member id').fill(memberId);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
    return { page, context, faults };
  }

  /** Through the API, as billing does it. */
  async subscribe(memberId: string, product: string, plan: string): Promise<void> {
    const token = await this.system.tokenFor('desk', ['billing']);
    const answer = await fetch(`${this.system.baseUrl}/v1/members/${memberId}/subscriptions/${product}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ plan }),
    });
    expect(answer.status).toBe(200);
  }
}

/** Goes to a view by its link, as a reader does, and waits for its heading. */
export async function goTo(page: Page, link: string, heading: RegExp | string = link): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: link, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** What axe finds wrong with the page as it is, as `rule: element`. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Whether one has to scroll sideways. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
