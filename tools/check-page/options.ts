/** The command line of `npm run check:page`. */
import { parseArgs } from 'node:util';

export const LEAST_SCORE = 95;

const DEFAULT_RUNS = 3;
const MOST_RUNS = 25;

export const USAGE = `usage: npm run check:page -- [--runs N] [--reports DIR]

Loads My Premium with an empty cache as a member who is signed in, with a year of data, and has Lighthouse look at it, as on
a phone on a slow line and as on a desktop. Prints the median of every category, 0 to 100. It needs Chromium, and npm's
registry once, for Lighthouse.

  --runs N       how often on each, 1 to ${MOST_RUNS} (${DEFAULT_RUNS})
  --reports DIR  where to write the last report of each, as a page; left out, nowhere

Ends with 0 where all are ${LEAST_SCORE} or more, with 1 where one is not, with 2 when it could not be looked at.
`;

export type CheckOptions = { readonly runs: number; readonly reports: string | undefined };

/** Throws an Error that says what is wrong; undefined when only help was asked for. */
export function readOptions(args: readonly string[]): CheckOptions | undefined {
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
