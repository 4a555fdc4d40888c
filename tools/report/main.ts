/** `npm run report:renewals`: whether the renewals of a month are all written, and once. */
import { LocalFailure } from '../../local/failure.ts';
import { dateInMonth, dateOf, monthOf } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { explaining } from '../aws/explained.ts';
import { openSource, type Source } from '../books/source.ts';
import { runCommand, type Verdict } from '../command.ts';
import { withProgress } from '../progress.ts';
import { writtenUntil } from './allowance.ts';
import { faultCount, type Report } from './findings.ts';
import { OPTIONS, type ReportOptions } from './options.ts';
import { textOf } from './print.ts';
import { reportRenewals } from './renewals.ts';

async function report({ json, month, ...where }: ReportOptions): Promise<Verdict> {
  await using source = await openSource(where);
  const found = await reportOn(source, month ?? monthOf(dateOf(source.now)));
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : textOf(found)}\n`);
  return faultCount(found) > 0 ? 'found' : 'done';
}

async function reportOn({ database, now, segments }: Source, month: number): Promise<Report> {
  const begins = dateInMonth(month, 1);
  if (begins > dateOf(now)) throw new LocalFailure(`${begins.slice(0, 7)} has not begun: it is ${now}`);
  const period = { month, until: now, writtenUntil: writtenUntil(now) };
  let wallets = 0;
  return withProgress((onProgress) => {
    const onWallets = (count: number) => {
      wallets += count;
      onProgress('wallets read', wallets);
    };
    return reportRenewals({ database, segments, period, rules: RULES, onWallets });
  });
}

await runCommand({
  name: 'report',
  call: 'npm run report:renewals',
  does: `Compares the renewals that fell due in a month with those that are written. Every due date wants exactly one
    entry. An entry that the sweep still has time for is counted as not yet, and is no gap.`,
  options: OPTIONS,
  finds: 'an entry is missing, double or unexpected',
  run: (options) => explaining(options.stage, () => report(options)),
});
