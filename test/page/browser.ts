/** A browser on a running local system. It notes everything that a page should never do. */
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { rememberingCookie } from '../../local/identity/cookie.ts';
import type { Scope } from '../../local/identity/issuer.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { buildPage } from '../../tools/build-page.ts';
import { CHROMIUM, CHROMIUM_ARGS } from '../../tools/check-page/chromium.ts';
import { LocalClient } from '../local/local-client.ts';
import { ownTables } from '../support/engine.ts';

/** A Monday in the middle of a month, on whatever day the tests run. */
const MONDAY = instant('2026-01-12T09:00:00.000Z');

export type Look = { readonly width?: number; readonly theme?: 'light' | 'dark' };

/** A member at a browser of their own. A second tab is another `page` of its `context`. */
export type Visitor = { readonly page: Page; readonly context: BrowserContext; readonly faults: string[] };

export class Visits {
  readonly system: LocalSystem;
  /** For acts elsewhere in the meantime. */
  readonly api: LocalClient;
  readonly #browser: Browser;
  #visitors: Visitor[] = [];

  private constructor(system: LocalSystem, browser: Browser) {
    this.system = system;
    this.api = new LocalClient(system);
    this.#browser = browser;
  }

  static async open(startsAt: Instant): Promise<Visits> {
    const system = await startLocalSystem({ ...ownTables(), pageDir: await buildPage(), startsAt });
    const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: [...CHROMIUM_ARGS] });
    return new Visits(system, browser);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.system.stop();
  }

  /** A visitor in front of the picker. */
  async visit(look: Look = {}): Promise<Visitor> {
    const visitor = await this.#arrive(look);
    await visitor.page.goto(this.system.baseUrl);
    await visitor.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    return visitor;
  }

  /** A visitor with My Premium on the screen: a member whom the picker remembers, or an operator, who signs in again. */
  async signIn(memberId: string, scopes: readonly Scope[] = [], look: Look = {}): Promise<Visitor> {
    const visitor = await this.#arrive(look);
    const { page, context } = visitor;
    if (scopes.length > 0) {
      await page.goto(`${this.system.baseUrl}/#/operator`);
      for (const scope of scopes) await page.getByRole('checkbox', { name: scope }).check();
      await page.getByLabel('Member id').fill(memberId);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
      await goTo(page, 'My Premium');
      return visitor;
    }
    const [name = '', value = ''] = rememberingCookie({ memberId, scopes }).split(/[=;]/);
    // It has the path that the picker gives it, or the picker's cookie would stand beside it.
    const { hostname: domain } = new URL(this.system.baseUrl);
    await context.addCookies([{ name, value, domain, path: '/local/sign-in' }]);
    await page.goto(this.system.baseUrl);
    await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
    return visitor;
  }

  async #arrive({ width = 1_280, theme = 'light' }: Look): Promise<Visitor> {
    const context = await this.#browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    const faults: string[] = [];
    context.on('page', (page) => this.#watch(page, faults));
    const visitor = { page: await context.newPage(), context, faults };
    this.#visitors.push(visitor);
    return visitor;
  }

  /** All visitors leave. Their pages did nothing that a page should never do, and left nothing in any browser. */
  async leave(): Promise<void> {
    const visitors = this.#visitors;
    this.#visitors = [];
    for (const { page, faults, context } of visitors) {
      // A sign-in under way keeps what it needs to come back, and then removes it.
      const isOnTheWay = page.url().includes('/local/sign-in/');
      const kept = isOnTheWay ? 0 : await page.evaluate('localStorage.length + sessionStorage.length');
      await context.close();
      expect(faults).toEqual([]);
      expect(kept).toBe(0);
    }
  }

  /** Notes errors on the console, violations of the policy among them, uncaught errors, and requests to other origins. */
  #watch(page: Page, faults: string[]): void {
    page.on('console', (message) => {
      // A refusal is no fault of the page. The tests look at its words for it.
      const isRefusal = /^Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !isRefusal) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.system.baseUrl}/`) && !url.startsWith('blob:'))
        faults.push(`asked elsewhere: ${url}`);
    });
  }
}

/**
 * A suite with a system and a browser of its own. It is skipped, and says so, if there is no Chromium. Every test ends with
 * a look into the browsers, and the last one with an audit of the books.
 */
export function describeVisits(what: string, suite: (visits: () => Visits) => void, startsAt = MONDAY): void {
  describe.skipIf(!CHROMIUM)(`${what} (skipped where no Chromium is installed)`, () => {
    let visits: Visits;
    beforeAll(async () => {
      visits = await Visits.open(startsAt);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      const books = await scanBooks(visits.system);
      await visits.close();
      expect(audit(books, RULES)).toEqual([]);
    });
    suite(() => visits);
  });
}

/** Goes to a view by its link, as a reader does, and waits for its heading. */
export async function goTo(page: Page, link: string, heading: RegExp | string = link): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: link, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Goes to a place that has no link of its own in the head of the page, and waits until nothing more is being read. */
export async function open(page: Page, hash: string, heading: RegExp | string): Promise<void> {
  await page.evaluate((to) => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = to;
  }, hash);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await loaded(page);
}

/** Nothing is being read any more. */
export async function loaded(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.loading, [aria-busy="true"]').count()).toBe(0);
}

/** Between two themes only colours change, so one theme is looked at whole. */
type Aspect = 'everything' | 'colours';

/** The faults that axe finds in the page as it is, as `rule: element`. */
export async function axeFaults(page: Page, aspect: Aspect = 'everything'): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(options),
    aspect === 'colours' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {},
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** True if the page scrolls sideways. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
