/** The command line of `npm run check:api`. */
import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run check:api -- [--examples N] [--seed N]

Holds a local system against its contract with schemathesis: requests by the thousand, right and wrong ones, and calls that
follow from each other. It makes the folder .venv at its first run, and needs Python 3.10 or later, and PyPI that once.

  --examples N   for each operation, at least 200 (the default)
  --seed N       what chance begins with (1): a failure comes again with its seed

Ends with 0 when nothing was found, with 1 when something was, with 2 when it could not be looked for.
`;

/** Fewer leave corners of the larger bodies unseen. */
const LEAST_EXAMPLES = 200;

export type CheckOptions = { readonly examples: number; readonly seed: number };

/** Throws an Error that says what is wrong; undefined when only help was asked for. */
export function readOptions(args: readonly string[]): CheckOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      examples: { type: 'string', default: String(LEAST_EXAMPLES) },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  return {
    examples: wholeNumber('examples', values.examples, LEAST_EXAMPLES),
    seed: wholeNumber('seed', values.seed, 0),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new Error(`--${name}: a whole number from ${least}, not ${text}`);
  return Number(text);
}
