/** The command line of `npm run replay`. */
import { parseArgs } from 'node:util';
import { type Instant, instant } from '../../shared/domain/instant.ts';

export const USAGE = `usage: npm run replay -- --messages FILE --subscriptions FILE.csv --as-of INSTANT --out DIR
         [--engine dynamodb|memory] [--queues] [--limit N]

Takes a message log through the system's own use cases and writes the books as of an instant.

  --messages FILE        lines "sender recipient unixSeconds" in time order, blanks or tabs between them
  --subscriptions FILE   CSV "at,memberId,product,plan" in time order, tabs for commas will do; an empty plan cancels
  --as-of INSTANT        ISO 8601 with a zone, such as 2004-12-31T00:00:00Z
  --out DIR              gets summary.json, wallets.csv and ledger.csv
  --engine ENGINE        memory (default), or dynamodb: AWS's DynamoDB Local, started for the replay
  --queues               the sweeps go through queues, as on AWS; left out, straight from the lister to the workers
  --limit N              replays the first N messages only; subscriptions and time go on to the end

Files are UTF-8, as they are or as gzip. Both are read and checked whole before anything is replayed.
`;

const ENGINES = ['memory', 'dynamodb'] as const;

export type ReplayOptions = {
  readonly messages: string;
  readonly subscriptions: string;
  readonly asOf: Instant;
  readonly out: string;
  readonly engine: (typeof ENGINES)[number];
  readonly queues: boolean;
  readonly limit: number;
};

/** Throws an Error that says what is wrong; undefined when only help was asked for. */
export function readOptions(args: readonly string[]): ReplayOptions | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: text,
      subscriptions: text,
      'as-of': text,
      out: text,
      engine: text,
      limit: text,
      queues: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const {
    messages,
    subscriptions,
    'as-of': asOf,
    out,
    engine: name = 'memory',
    limit = 'Infinity',
    queues = false,
  } = values;
  if (!messages || !subscriptions || !asOf || !out)
    throw new Error('--messages, --subscriptions, --as-of and --out are needed');
  if (!/(Z|[+-]\d\d:\d\d)$/.test(asOf)) throw new Error(`--as-of: no instant with a zone: ${asOf}`);
  const engine = ENGINES.find((known) => known === name);
  if (!engine) throw new Error(`--engine: ${name} is none of ${ENGINES.join(', ')}`);
  if (!/^([1-9]\d*|Infinity)$/.test(limit)) throw new Error(`--limit: ${limit} is no whole number above 0`);
  return { messages, subscriptions, asOf: instant(asOf), out, engine, queues, limit: Number(limit) };
}
