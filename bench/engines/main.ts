/** `npm run bench:engines`: how much quicker SQLite is than DynamoDB Local. */
import '../../local/telemetry-settings.ts';
import { runCommand, type Verdict } from '../../tools/command.ts';
import { wholeNumber } from '../../tools/options.ts';
import { withProgress } from '../../tools/progress.ts';
import { spreadOf } from '../sweeps/verdict.ts';
import { ACTS, ENGINES, measureEngines } from './measure.ts';

/** SQLite in a file waits for the disk with each write, and still has to be this much quicker. */
const LEAST_RATIO = 2;

const SLOW = 'DynamoDB Local';
const QUICK = ENGINES.filter((engine) => engine !== SLOW);

/** The median of the ratios of each round, because machines drift. */
function ratioOf(slow: readonly number[], quick: readonly number[]): number {
  return spreadOf(slow.map((millis, round) => millis / (quick[round] ?? Number.NaN))).median;
}

async function bench(rounds: number): Promise<Verdict> {
  const times = await withProgress((onProgress) => measureEngines(rounds, onProgress));
  const rows = ACTS.map((act) => {
    const medians = ENGINES.map((engine) => spreadOf(times[engine][act]).median.toFixed(2));
    const ratios = QUICK.map((engine) => ratioOf(times[SLOW][act], times[engine][act]).toFixed(1));
    return `| ${[act, ...medians, ...ratios].join(' | ')} |`;
  });
  const head = ['ms a call', ...ENGINES, ...QUICK.map((engine) => `${SLOW} ÷ ${engine}`)];
  process.stdout.write(`| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.join('\n')}\n`);
  const slowActs = ACTS.filter((act) => !(ratioOf(times[SLOW][act], times['SQLite in a file'][act]) >= LEAST_RATIO));
  for (const act of slowActs) process.stderr.write(`bench:engines: ${act} is not ${LEAST_RATIO} times as quick\n`);
  return slowActs.length > 0 ? 'found' : 'done';
}

await runCommand({
  name: 'bench:engines',
  call: 'npm run bench:engines',
  does: `Measures the use cases on SQLite, in memory and in a file, and on DynamoDB Local, and prints the ratios. It needs Java 17.`,
  options: {
    rounds: { takes: 'N', kind: wholeNumber(1, 999), default: '20', does: 'rounds that count' },
  },
  finds: `SQLite in a file is less than ${LEAST_RATIO} times as quick`,
  run: ({ rounds }) => bench(rounds),
});
