/** The command line of `npm run bench:sweeps`. */
import { parseArgs } from 'node:util';
import { KEYS_PER_EVENT } from './worker-run.ts';

const DEFAULT_ROUNDS = 6;

export const USAGE = `usage: npm run bench:sweeps [-- [--rounds N] [--skip-memory]]

How fast one worker renews wallets, against the raw floor: the same query and the same put, straight through the SDK, 16 at
once, on the same DynamoDB Local. And whether lister and worker need more memory for more wallets.

  --rounds N      rounds that count (default ${DEFAULT_ROUNDS}); in each, both sides renew twice ${KEYS_PER_EVENT} wallets, in turn
  --skip-memory   throughput only

Ends with 0 when the median ratio, the calls for each wallet and the memory are as promised, with 1 when one is not.
`;

export type BenchOptions = { readonly rounds: number; readonly skipMemory: boolean };

/** Throws an Error that says what is wrong; undefined when only help was asked for. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: String(DEFAULT_ROUNDS) },
      'skip-memory': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(values.rounds)) throw new Error(`--rounds: ${values.rounds} is none of 1 to 999`);
  return { rounds: Number(values.rounds), skipMemory: values['skip-memory'] };
}
