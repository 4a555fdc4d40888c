/** `npm run bench:engines`: how much quicker SQLite is than DynamoDB Local. */
import '../../local/telemetry-settings.ts';
import { runCommand, type Verdict } from '../../tools/command.ts';
import { wholeNumber } from '../../tools/options.ts';
import { withProgress } from '../../tools/progress.ts';
import { spreadOf } from '../sweeps/verdict.ts';
import { ACTS, ENGINES, measureEngines, type Times } from './measure.ts';

/** SQLite in a file waits for the disk with each write, and still has to be this much quicker. */
const LEAST_RATIO = 2;

/** The median of the ratios of each round, because machines drift. */
function ratiosOf(slow: Times, quick: Times): { readonly act: string; readonly ratio: number }[] {
  return ACTS.map((act) => {
    const ratios = slow[act].map((millis, round) => millis / (quick[act][round] ?? Number.NaN));
    return { act, ratio: spreadOf(ratios).median };
  });
}

async function bench(rounds: number): Promise<Verdict> {
  const times = await withProgress((onProgress) => measureEngines(rounds, onProgress));
  const slow = times['DynamoDB Local'];
  const rows = ACTS.map((act) => {
    const medians = ENGINES.map((engine) => spreadOf(times[engine][act]).median.toFixed(2));
    const ratios = ENGINES.slice(0, -1).map((engine) => {
      const { ratio } = ratiosOf(slow, times[engine]).find((row) => row.act === act) ?? { ratio: Number.NaN };
      return ratio.toFixed(1);
    });
    return `| ${[act, ...medians, ...ratios].join(' | ')} |`;
  });
  const head = ['ms a call', ...ENGINES, ...ENGINES.slice(0, -1).map((engine) => `DynamoDB Local ÷ ${engine}`)];
  process.stdout.write(`| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.join('\n')}\n`);
  const faults = ratiosOf(slow, times['SQLite in a file']).filter(({ ratio }) => !(ratio >= LEAST_RATIO));
  for (const { act, ratio } of faults)
    process.stderr.write(`bench:engines: ${act} is only ${ratio.toFixed(1)} times as quick\n`);
  return faults.length > 0 ? 'found' : 'done';
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
