/** `npm run report:renewals`: whether the renewals of a month are all written, and once. */
import cliProgress from 'cli-progress';
import { dataDirIn } from '../../local/state-folder.ts';
import { dateInMonth, dateOf, monthOf } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { writtenUntil } from './allowance.ts';
import { faultCount, type Report } from './findings.ts';
import { type ReportOptions, readOptions, USAGE } from './options.ts';
import { textOf } from './print.ts';
import { reportRenewals } from './renewals.ts';
import { openAws, openFolder, type Source } from './source.ts';

async function run({ aws, ...options }: ReportOptions): Promise<Report> {
  await using source = aws ? openAws(process.env) : await openFolder(dataDirIn(process.env));
  const month = options.month ?? monthOf(dateOf(source.now));
  const begins = dateInMonth(month, 1);
  if (begins > dateOf(source.now)) throw new Error(`${begins.slice(0, 7)} has not begun: it is ${source.now}`);
  return await withProgress(source, month);
}

/** A count where somebody watches; elsewhere silence, so that a log stays readable. */
async function withProgress({ database, now, segments }: Source, month: number): Promise<Report> {
  const bar = new cliProgress.SingleBar({
    format: '{value} wallets read in {duration_formatted}',
    noTTYOutput: false,
    clearOnComplete: true,
  });
  bar.start(0, 0);
  try {
    const onWallets = (count: number) => bar.increment(count);
    const period = { month, until: now, writtenUntil: writtenUntil(now) };
    return await reportRenewals({ database, segments, period, rules: RULES, onWallets });
  } finally {
    bar.stop();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) {
    const report = await run(options);
    process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : textOf(report)}\n`);
    process.exitCode = faultCount(report) > 0 ? 1 : 0;
  } else {
    process.stdout.write(USAGE);
  }
} catch (error) {
  const lines = (error as Error).message.split('\n').map((line) => line.trim());
  process.stderr.write(`report: ${lines.filter((line) => line !== '').join('; ')}\n`);
  process.exitCode = 2;
}
