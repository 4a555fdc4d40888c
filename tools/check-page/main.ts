/** `npm run check:page`: what Lighthouse makes of My Premium, on a phone and on a desktop, after a year of data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startLocalSystem } from '../../local/system.ts';
import { buildPage } from '../build-page.ts';
import { tellStory } from '../demo/tell.ts';
import { chromiumOrFail } from './chromium.ts';
import { SCREENS, type Screen, type Visit, visitAs } from './lighthouse.ts';
import { fetchLighthouse } from './lighthouse-command.ts';
import { type CheckOptions, LEAST_SCORE, readOptions, USAGE } from './options.ts';

const MEMBER = 'ada';

/** Whether all is as good as it is to be. */
async function check({ runs, reports }: CheckOptions): Promise<boolean> {
  // Known at once, and not after a year of data.
  chromiumOrFail();
  await fetchLighthouse();
  const system = await startLocalSystem({ pageDir: await buildPage(console.log) });
  try {
    console.log('A year of data …');
    await tellStory(system);
    const visiting = await visitAs(MEMBER, system.baseUrl);
    try {
      let isGood = true;
      for (const screen of SCREENS) {
        console.log(`${screen}, ${runs === 1 ? 'once' : `${runs} times`} …`);
        const visits: Visit[] = [];
        for (let run = 0; run < runs; run += 1) visits.push(await visiting.visit(screen));
        isGood = tell(screen, visits) && isGood;
        const last = visits.at(-1);
        if (reports !== undefined && last) writeReport(reports, screen, last);
      }
      return isGood;
    } finally {
      await visiting.close();
    }
  } finally {
    await system.stop();
  }
}

function tell(screen: Screen, visits: readonly Visit[]): boolean {
  const names = Object.keys(visits[0]?.scores ?? {});
  const medians = names.map((name) => [name, median(visits.map(({ scores }) => scores[name] ?? 0))] as const);
  console.log(`${screen.padEnd(8)}${medians.map(([name, score]) => `${name} ${score}`).join(', ')}`);
  for (const finding of new Set(visits.flatMap(({ findings }) => findings))) console.log(`        ${finding}`);
  return medians.every(([, score]) => score >= LEAST_SCORE);
}

const median = (scores: readonly number[]): number =>
  scores.toSorted((one, other) => one - other)[scores.length >> 1] ?? 0;

function writeReport(folder: string, screen: Screen, { report }: Visit): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `lighthouse-${screen}.html`);
  writeFileSync(file, report);
  console.log(`        ${relative('.', file)}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (!options) process.stdout.write(USAGE);
  else if (!(await check(options))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`check:page: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
