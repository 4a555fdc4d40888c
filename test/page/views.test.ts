/**
 * Every view in both themes, on small screens and large ones. `npm run pictures` takes the pictures of docs/page.md here.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { tellStory } from '../../tools/demo/tell.ts';
import { axeFaults, describeVisits, open, overflows } from './browser.ts';
import { VIEWS, type View } from './views.ts';

const FOLDER = join('web', 'pictures');
const CONTENTS = join(FOLDER, 'contents.json');
const IS_TAKING = process.env.PICTURES === 'write';

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [320, 768, 1_280, 1_920] as const;
/** Sizes and colours, which axe looks at, do not change between these. */
const AXE_WIDTHS: readonly number[] = [320, 1_280];

describeVisits('a view', (visits) => {
  beforeAll(async () => {
    await tellStory(visits().system);
    // Past the hour of the first day, at which the year that the plot shows would begin in its middle.
    await visits().api.move({ advance: 'PT1H' });
  });

  it('the view of every link in the head of the page is looked at', async () => {
    const { page } = await visits().signIn('desk', ['billing']);
    const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const hashes = VIEWS.map(({ hash }) => hash);
    for (const href of hrefs) expect(hashes.filter((hash) => hash.startsWith(href))).not.toEqual([]);
    expect(hrefs).toHaveLength(6);
  });

  it('axe finds nothing at the sign-in', async () => {
    const { page } = await visits().visit();
    for (const theme of THEMES) expect(await look(page, theme, 320)).toEqual({ axe: [], scrollsSideways: false });
  });

  // One after the other: the last one moves the clock.
  it.each(VIEWS)('axe finds nothing and nothing scrolls sideways in the view $name', async (view) => {
    const { page } = await visits().signIn(view.as, view.scopes);
    await open(page, view.hash, view.heading);
    await view.act?.(page);
    await open(page, view.hash, view.heading);
    await page.evaluate('document.activeElement?.blur()');
    for (const theme of THEMES) {
      for (const width of WIDTHS) {
        const found = await look(page, theme, width);
        expect([theme, width, found]).toEqual([theme, width, { axe: [], scrollsSideways: false }]);
        if (IS_TAKING && width === 1_280) await takePicture(page, view, theme);
      }
    }
    const digest = await digestOf(page);
    if (IS_TAKING) remember(view.name, digest);
    const message = `${view.name} does not say what its picture in docs/page.md shows: npm run pictures`;
    expect(remembered()[view.name], message).toBe(digest);
  });
});

async function look(page: Page, theme: 'light' | 'dark', width: number) {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: 900 });
  const axe = AXE_WIDTHS.includes(width) ? await axeFaults(page, theme === 'light' ? 'everything' : 'colours') : [];
  return { axe, scrollsSideways: await overflows(page) };
}

async function takePicture(page: Page, { name, part }: View, theme: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}-${theme}.png`);
  await page.evaluate('scrollTo(0, 0)');
  await (part ? part(page).screenshot({ path }) : page.screenshot({ path }));
}

/** The digest of all words and controls of a view. It leaves out what differs from run to run, or from browser to browser. */
async function digestOf(page: Page): Promise<string> {
  await page.evaluate(`
    for (const time of document.querySelectorAll('time')) time.textContent = time.dateTime.slice(0, 10);
    for (const element of document.querySelectorAll('.events, .clock, .hash')) element.remove();
  `);
  return createHash('sha256')
    .update(await page.locator('main').ariaSnapshot())
    .digest('hex');
}

type Contents = Readonly<Record<string, string>>;

const remembered = (): Contents => JSON.parse(readFileSync(CONTENTS, 'utf8')) as Contents;

function remember(name: string, digest: string): void {
  const contents = { ...remembered(), [name]: digest };
  writeFileSync(CONTENTS, `${JSON.stringify(contents, null, 2)}\n`);
}
