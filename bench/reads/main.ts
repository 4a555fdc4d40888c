/** `npm run bench:reads`: whether reading credits takes as long with a long ledger as with a short one. */
import { runCommand, type Verdict } from '../../tools/command.ts';
import { wholeNumber } from '../../tools/options.ts';
import { withProgress } from '../../tools/progress.ts';
import { spreadOf } from '../sweeps/verdict.ts';
import { keyOf, measureReads, READS, type Read, SIZES, type Size, type Times } from './measure.ts';

/** Flat, as far as a noisy machine can tell. */
const MOST_RATIO = 1.5;

/** The ratio to ten entries is taken round by round, because machines drift. */
function ratioOf(times: Times, read: Read, size: Size): number {
  const base = times.get(keyOf(read, SIZES[0])) ?? [];
  const ratios = (times.get(keyOf(read, size)) ?? []).map((millis, round) => millis / (base[round] ?? Number.NaN));
  return spreadOf(ratios).median;
}

function report(times: Times): string[] {
  const rows = READS.flatMap((read) => SIZES.map((size) => ({ read, size, ratio: ratioOf(times, read, size) })));
  const lines = rows.map(({ read, size, ratio }) => {
    const { median } = spreadOf(times.get(keyOf(read, size)) ?? []);
    return `| ${read} | ${size.toLocaleString('en')} | ${median.toFixed(2)} | ${ratio.toFixed(2)} |`;
  });
  process.stdout.write(`| credits | entries | ms | ÷ ten entries |\n|---|---|---|---|\n${lines.join('\n')}\n`);
  return rows
    .filter(({ ratio }) => !(ratio <= MOST_RATIO))
    .map(({ read, size, ratio }) => `credits ${read} with ${size} entries take ${ratio.toFixed(2)} times as long`);
}

async function bench(rounds: number): Promise<Verdict> {
  const faults = report(await withProgress((onProgress) => measureReads(rounds, onProgress)));
  for (const fault of faults) process.stderr.write(`bench:reads: ${fault}\n`);
  return faults.length > 0 ? 'found' : 'done';
}

await runCommand({
  name: 'bench:reads',
  call: 'npm run bench:reads',
  does: `Measures how long the credits of a member take on DynamoDB Local. Five InMails are pending, and there are from 10 to
    100,000 entries in 90 days. It reads the credits of now, and those of an instant in between.`,
  options: {
    rounds: { takes: 'N', kind: wholeNumber(1, 999), default: '8', does: 'rounds that count' },
  },
  finds: `a size takes more than ${MOST_RATIO} times as long as ten entries`,
  run: ({ rounds }) => bench(rounds),
});
