/** `npm run check:page`: what Lighthouse makes of My Premium, on a phone and on a desktop, after a year of data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { DAYS_OF_STORY } from '../demo/campaigns.ts';
import { Player } from '../demo/player.ts';
import { story } from '../demo/story.ts';
import { buildPage } from '../page/build.ts';
import { startLocalSystem } from '../system.ts';
import { chromiumOrFail } from './chromium.ts';
import { SCREENS, type Screen, type Visit, visitAs } from './lighthouse.ts';

const LEAST_SCORE = 95;
const DEFAULT_RUNS = 3;
const MOST_RUNS = 25;
const MEMBER = 'ada';

const USAGE = `usage: npm run check:page -- [--runs N] [--reports DIR]

Loads My Premium with an empty cache as a member who is signed in, with a year of data, and has Lighthouse look at it, as on
a phone on a slow line and as on a desktop. Prints the median of every category, 0 to 100. It needs Chromium, and no network.

  --runs N       how often on each, 1 to ${MOST_RUNS} (${DEFAULT_RUNS})
  --reports DIR  where to write the last report of each, as a page; left out, nowhere

Ends with 0 where all are ${LEAST_SCORE} or more, with 1 where one is not, with 2 when it could not be looked at.
`;

type Options = { readonly runs: number; readonly reports: string | undefined };

/** Undefined when only help was asked for. Throws an Error that says what is wrong. */
function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: String(DEFAULT_RUNS) },
      reports: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const runs = Number(values.runs);
  if (!/^\d+$/.test(values.runs) || runs < 1 || runs > MOST_RUNS)
    throw new Error(`--runs: a whole number from 1 to ${MOST_RUNS}, not ${values.runs}`);
  return { runs, reports: values.reports };
}

/** Whether all is as good as it is to be. */
async function check({ runs, reports }: Options): Promise<boolean> {
  // Known at once, and not after a year of data.
  chromiumOrFail();
  const system = await startLocalSystem({ pageDir: await buildPage(console.log) });
  try {
    console.log('A year of data …');
    const player = new Player(system, system.clock.now());
    for (const scene of story()) await player.play(scene);
    await player.moveTo(DAYS_OF_STORY);
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
