/** `npm run bench:reads`: whether credits cost what is pending, and not what has happened. */
import { parseArgs } from 'node:util';
import { withProgress } from '../progress.ts';
import { spreadOf } from '../sweeps/verdict.ts';
import { keyOf, measureReads, READS, type Read, SIZES, type Size, type Times } from './measure.ts';

const DEFAULT_ROUNDS = 8;
/** Flat, as far as a noisy machine can tell. */
const MOST_RATIO = 1.5;

const USAGE = `usage: npm run bench:reads [-- [--rounds N]]

How long a member's credits take, on DynamoDB Local, with five InMails pending and from 10 to 100,000 entries in 90 days:
as they are now, and at an instant in between.

  --rounds N  rounds that count (default ${DEFAULT_ROUNDS})

Ends with 0 when no size takes more than ${MOST_RATIO} times what ten entries take, with 1 when one does.
`;

/** Of each round the ratio to ten entries, because machines drift. */
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

try {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: String(DEFAULT_ROUNDS) }, help: { type: 'boolean', short: 'h' } },
  });
  if (!/^[1-9]\d{0,2}$/.test(values.rounds)) throw new Error(`--rounds: ${values.rounds} is none of 1 to 999`);
  const faults = values.help
    ? []
    : report(await withProgress((onProgress) => measureReads(Number(values.rounds), onProgress)));
  if (values.help) process.stdout.write(USAGE);
  for (const fault of faults) process.stderr.write(`bench: ${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
