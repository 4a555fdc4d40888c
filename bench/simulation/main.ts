/** `npm run simulate:sweeps`: what a first of the month with 50 million wallets would be like, as a table and a picture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand, type Verdict } from '../../tools/command.ts';
import { withProgress } from '../../tools/progress.ts';
import { plotOf } from './plot.ts';
import { reportOf } from './report.ts';
import { type Results, simulateAll } from './results.ts';

const fileAt = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const RESULTS = fileAt('results.json');

async function simulate(): Promise<void> {
  const results = await withProgress((onProgress) =>
    simulateAll((done, total) => onProgress('simulating sweeps', done, total)),
  );
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
}

function draw(): Verdict {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  const report = reportOf(results);
  writeFileSync(fileAt('README.md'), report);
  writeFileSync(fileAt('sweep-of-50-million.svg'), plotOf(results.runs));
  process.stdout.write(report);
  return 'done';
}

await runCommand({
  name: 'simulate:sweeps',
  call: 'npm run simulate:sweeps',
  does: `Simulates renewal sweeps over 50 million wallets, which takes a minute or two. It writes results.json, README.md and
    sweep-of-50-million.svg in bench/simulation. The same code gives the same results on every machine.`,
  options: { draw: { does: 'writes only README.md and the picture, from the results that are there' } },
  run: async ({ draw: isDrawOnly }) => {
    if (!isDrawOnly) await simulate();
    return draw();
  },
});
