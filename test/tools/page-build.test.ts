import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildPage } from '../../tools/build-page.ts';

it('the page is built for use, whoever builds it, and names no path of the machine that did', async () => {
  const folder = await buildPage();
  const scripts = globSync(`${folder}/assets/*.js`);
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(readFileSync(script, 'utf8').includes(process.cwd())).toBe(false);
});
