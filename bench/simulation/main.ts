/** `npm run simulate:sweeps`: what a first of the month with 50 million wallets would be like, as a table and a picture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { plotOf } from './plot.ts';
import { reportOf } from './report.ts';
import { type Results, simulateAll } from './results.ts';

const USAGE = `usage: npm run simulate:sweeps [-- --draw]

Simulates renewal sweeps over 50 million wallets, which takes a minute or two, and writes bench/simulation/results.json,
README.md and sweep-of-50-million.svg. The same code gives the same results on every machine.

  --draw   README.md and the picture only, from the results that are there
`;

const fileAt = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const RESULTS = fileAt('results.json');

async function simulate(): Promise<Results> {
  const format = 'simulating {bar} {value} of {total} sweeps | {duration_formatted}';
  const bar = new cliProgress.SingleBar(
    { format, noTTYOutput: false, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0);
  try {
    return await simulateAll((done, total) => {
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

function draw(results: Results): void {
  const report = reportOf(results);
  writeFileSync(fileAt('README.md'), report);
  writeFileSync(fileAt('sweep-of-50-million.svg'), plotOf(results.runs));
  process.stdout.write(report);
}

try {
  const { values } = parseArgs({ options: { draw: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(USAGE);
  } else {
    if (!values.draw) writeFileSync(RESULTS, `${JSON.stringify(await simulate(), null, 1)}\n`);
    draw(JSON.parse(readFileSync(RESULTS, 'utf8')) as Results);
  }
} catch (error) {
  process.stderr.write(`simulate: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
