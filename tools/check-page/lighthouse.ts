/** Lighthouse's scores for My Premium, as a signed-in member sees it on coming back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumOrFail } from './chromium.ts';
import { runLighthouse } from './lighthouse-command.ts';

/** A phone on a slow line, and a desktop on a fast one. Lighthouse simulates both. */
export const SCREENS = ['mobile', 'desktop'] as const;
export type Screen = (typeof SCREENS)[number];

export type Visit = {
  /** Score of each category, 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
  /** The audits that cost points, as `category: audit`. */
  readonly findings: readonly string[];
  /** The whole report, as a page. */
  readonly report: string;
};

export type Visiting = {
  /** Loads My Premium with an empty cache. Without `categories` it looks at all of them. */
  readonly visit: (screen: Screen, categories?: readonly string[]) => Promise<Visit>;
  readonly close: () => Promise<void>;
};

/** A browser in which `memberId` is signed in. Throws a LocalFailure where none is installed. */
export async function visitAs(memberId: string, baseUrl: string): Promise<Visiting> {
  const executablePath = chromiumOrFail();
  const profile = mkdtempSync(join(tmpdir(), 'inmail-credits-lighthouse-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...CHROMIUM_ARGS, '--remote-debugging-port=0'],
  });
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    await signIn(browser, memberId, baseUrl);
    const port = Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n', 1)[0]);
    return { visit: (screen, categories) => visit(baseUrl, { port, screen, categories }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function signIn(browser: BrowserContext, memberId: string, baseUrl: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(baseUrl);
  await page.getByLabel('Member id').fill(memberId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
  await page.close();
}

type Options = {
  readonly port: number;
  readonly screen: Screen;
  readonly categories: readonly string[] | undefined;
};

async function visit(baseUrl: string, { port, screen, categories }: Options): Promise<Visit> {
  const { report, ...lhr } = await runLighthouse(`${baseUrl}/`, [
    `--port=${port}`,
    // A page that leaves for the issuer drops its request for the icon, and Lighthouse would wait 45 s for its end.
    '--blocked-url-patterns=*/icon.svg',
    ...(screen === 'desktop' ? ['--preset=desktop'] : []),
    // The requests are listed whatever the categories, because they show how far it got.
    ...(categories ? [`--only-categories=${categories.join()}`, '--only-audits=network-requests'] : []),
  ]);
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
  hold(lhr.audits['network-requests']?.details, baseUrl);
  const all = Object.entries(lhr.categories);
  return {
    scores: Object.fromEntries(all.map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)])),
    findings: all.flatMap(([name, { auditRefs }]) =>
      auditRefs
        .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1)
        .map(({ id }) => `${name}: ${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim()),
    ),
    report,
  };
}

/** A sign-in form would be a fast page, too, so the page must have asked for the member's credits. */
function hold(requests: unknown, baseUrl: string): void {
  const { items = [] } = (requests ?? {}) as { readonly items?: readonly { readonly url: string }[] };
  const isMyPremium = items.some(({ url }) => /^\/v1\/members\/[^/]+\/credits$/.test(url.slice(baseUrl.length)));
  if (!isMyPremium) throw new Error('Lighthouse did not get as far as My Premium');
}
