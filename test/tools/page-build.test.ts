import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildPage } from '../../tools/build-page.ts';

it('a test builds the page as it is deployed, and the page names no path of this machine', async () => {
  const folder = await buildPage();
  const scripts = globSync(`${folder}/assets/*.js`);
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(readFileSync(script, 'utf8').includes(process.cwd())).toBe(false);
});
