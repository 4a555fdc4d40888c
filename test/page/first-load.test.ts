/** The first load of My Premium, by its weight and by Lighthouse. The time that it takes is measured elsewhere. */
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { visitAs } from '../../tools/check-page/lighthouse.ts';
import { hasLighthouse } from '../../tools/check-page/lighthouse-command.ts';
import { pick } from './acts.ts';
import { describeVisits } from './browser.ts';

const MOST_SCRIPT_BYTES = 60_000;
const canAsk = await hasLighthouse();

describeVisits('the first load of My Premium', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('ada', 'premium', 'premium-career');
    await visits().api.send('ada', 'bob', 'premium');
  });

  it('My Premium loads at most 60 kB of script, compressed, with the plot and its library', async () => {
    const { page } = await visits().visit();
    const sizes = new Map<string, number>();
    const reading: Promise<unknown>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      reading.push(
        response.headerValue('content-encoding').then(async (encoding) => {
          expect([response.url(), encoding]).toEqual([response.url(), 'gzip']);
          sizes.set(response.url(), gzipSync(await response.body()).length);
        }),
      );
    });
    await pick(page, 'ada');
    await page.locator('.plot canvas').waitFor();
    await Promise.all(reading);
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    // The shell, the view and the plot at least: with less than that nothing was weighed.
    expect(sizes.size).toBeGreaterThan(3);
    expect(all).toBeGreaterThan(20_000);
    expect(all).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  });

  /** Performance is a measure of this machine, too: `npm run check:page` takes it. */
  const unless = canAsk ? '' : ' (skipped: npm run check:page fetches Lighthouse)';
  it.runIf(canAsk)(
    `My Premium gets 95 or more of 100 from Lighthouse in all that does not depend on the machine${unless}`,
    async () => {
      const visiting = await visitAs('ada', visits().system.baseUrl);
      try {
        const { scores, findings } = await visiting.visit('mobile', ['accessibility', 'best-practices', 'seo']);
        expect(Object.keys(scores)).toHaveLength(3);
        for (const [category, score] of Object.entries(scores)) {
          expect(score, `${category}: ${findings}`).toBeGreaterThanOrEqual(95);
        }
      } finally {
        await visiting.close();
      }
    },
  );
});
