/** The command line of `npm run report:renewals`. */
import { parseArgs } from 'node:util';
import { dateOf, instant, monthOf } from '../../shared/domain/instant.ts';

export const USAGE = `usage: npm run report:renewals -- [--month YYYY-MM] [--aws] [--json]

Compares the renewals that fell due in a month with those that are written: every due date wants exactly one entry.
What the sweep has still time for is counted as not yet, and is no gap.

  --month YYYY-MM   the month; left out, the current one by the system's clock. One under way is judged up to now
  --aws             reads the tables that the functions' variables name (SUBSCRIPTIONS_TABLE, LEDGER_TABLE, …), with
                    the default credentials; otherwise the books in DATA_DIR, whether or not npm start runs on them
  --json            writes the report as JSON

Ends with 0 when nothing is missing and nothing too much, with 1 when something is, with 2 when there is no report.
`;

export type ReportOptions = {
  /** Counts from January 1970, as `monthOf` does. */
  readonly month: number | undefined;
  readonly aws: boolean;
  readonly json: boolean;
};

/** Throws an Error that says what is wrong; undefined when only help was asked for. */
export function readOptions(args: readonly string[]): ReportOptions | undefined {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { month: { type: 'string' }, aws: flag, json: flag, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return undefined;
  const { month, aws, json } = values;
  return { month: month === undefined ? undefined : monthNamed(month), aws, json };
}

function monthNamed(name: string): number {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(name)) throw new Error(`--month: ${name} is no month such as 2026-11`);
  return monthOf(dateOf(instant(`${name}-01T00:00:00Z`)));
}
