/** `npm run check:page`: what Lighthouse makes of My Premium, on a phone and on a desktop, after a year of data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startLocalSystem } from '../../local/system.ts';
import { buildPage } from '../build-page.ts';
import { runCommand, type Verdict } from '../command.ts';
import { DAYS_OF_STORY } from '../demo/campaigns.ts';
import { tellStory } from '../demo/tell.ts';
import { type OnProgress, withProgress } from '../progress.ts';
import { chromiumOrFail } from './chromium.ts';
import { SCREENS, type Screen, type Visit, type Visiting, visitAs } from './lighthouse.ts';
import { fetchLighthouse } from './lighthouse-command.ts';
import { type CheckOptions, OPTIONS } from './options.ts';

const MEMBER = 'ada';
const LEAST_SCORE = 95;

async function check(options: CheckOptions): Promise<Verdict> {
  // A year of data takes a while, so what is missing is said first.
  chromiumOrFail();
  await fetchLighthouse();
  const system = await startLocalSystem({ pageDir: await buildPage(console.log) });
  try {
    const visits = await withProgress(async (onProgress) => {
      await tellStory(system, ({ day }) => onProgress('a year of data', day, DAYS_OF_STORY));
      const visiting = await visitAs(MEMBER, system.baseUrl);
      try {
        return await visitAll(visiting, options.runs, onProgress);
      } finally {
        await visiting.close();
      }
    });
    return tellAll(visits, options);
  } finally {
    await system.stop();
  }
}

type Visits = readonly (readonly [screen: Screen, visits: readonly Visit[]])[];

async function visitAll({ visit }: Visiting, runs: number, onProgress: OnProgress): Promise<Visits> {
  const all: [Screen, Visit[]][] = [];
  for (const [before, screen] of SCREENS.entries()) {
    const visits: Visit[] = [];
    for (let run = 0; run < runs; run += 1) {
      onProgress(`Lighthouse, ${screen}`, before * runs + run, SCREENS.length * runs);
      visits.push(await visit(screen));
    }
    all.push([screen, visits]);
  }
  return all;
}

function tellAll(all: Visits, { reports }: CheckOptions): Verdict {
  let isGood = true;
  for (const [screen, visits] of all) {
    isGood = tell(screen, visits) && isGood;
    const last = visits.at(-1);
    if (reports !== undefined && last) writeReport(reports, screen, last);
  }
  return isGood ? 'done' : 'found';
}

/** Prints the medians and what cost points. Returns whether all scores are as good as they should be. */
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

await runCommand({
  name: 'check:page',
  call: 'npm run check:page',
  does: `Loads My Premium with an empty cache, as a member who is signed in and has a year of data. Lighthouse looks at it,
    as on a phone on a slow line and as on a desktop. The command prints the median of every category, from 0 to 100.

    It needs Chromium, and the registry of npm at its first run, because npm fetches Lighthouse then.`,
  options: OPTIONS,
  finds: `a category is below ${LEAST_SCORE}`,
  run: check,
});
