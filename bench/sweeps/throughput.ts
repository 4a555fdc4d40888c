/** Renewals a second of one worker, against the raw floor. Both take turns in one run, on one engine. */
import { dynamoDbInMemory } from '../../local/dynamodb/dynamodb-engine.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { WalletKey } from '../../shared/store/store.ts';
import type { OnProgress } from '../../tools/progress.ts';
import { type CallCounter, countCalls } from './call-counter.ts';
import { fill, keyOf, NOW, renewalOf } from './due-wallets.ts';
import { type Listing, measureListing } from './listing.ts';
import { writeRaw } from './raw-floor.ts';
import { bodiesOf, KEYS_PER_EVENT, renewAll } from './worker-run.ts';

type Side = 'raw' | 'worker';

/** The work of one side in a round. Calls are for each wallet. */
export type Measured = {
  readonly perSecond: number;
  readonly processorMillis: number;
  readonly queries: number;
  readonly puts: number;
  readonly otherCalls: number;
};
export type Round = { readonly raw: Measured; readonly worker: Measured; readonly ratio: number };
export type Throughput = { readonly rounds: readonly Round[]; readonly listing: Listing };

/** As many wallets as one invocation gets. Each side has two turns in a round. */
const WALLETS_PER_TURN = KEYS_PER_EVENT;
/** The side that begins a round also ends it, so that other work and tables that fill up weigh on both alike. */
const ORDERS: readonly (readonly Side[])[] = [
  ['raw', 'worker', 'worker', 'raw'],
  ['worker', 'raw', 'raw', 'worker'],
];
/** Until then neither Java nor V8 has compiled what is measured. */
const WARM_UP_ROUNDS = 1;

export async function measureThroughput(rounds: number, onProgress: OnProgress): Promise<Throughput> {
  await using cleanup = new AsyncDisposableStack();
  const { client, tables } = cleanup.use(await dynamoDbInMemory({ longRun: true }));
  const counter = countCalls(client);
  const runtime = { ...SYSTEM, clock: () => NOW, rules: RULES, storeFor: () => dynamoStore({ client, tables }) };

  const allRounds = WARM_UP_ROUNDS + rounds;
  const keys = Array.from({ length: allRounds * 4 * WALLETS_PER_TURN }, (_, index) => keyOf(index));
  let filled = 0;
  await fill(client, tables, keys, (items) => {
    filled += items;
    onProgress('filling the tables', filled, 2 * keys.length);
  });
  const listing = await measureListing(keys, counter, runtime);

  const fresh = freshSlices(keys);
  const turns: Readonly<Record<Side, () => Promise<Turn>>> = {
    raw: () => {
      const renewals = fresh().map(renewalOf);
      return timed(counter, () => writeRaw(client, tables.ledger, renewals));
    },
    worker: () => {
      const bodies = bodiesOf(fresh());
      return timed(counter, () => renewAll(bodies, runtime));
    },
  };
  const measured: Round[] = [];
  for (let round = 0; round < allRounds; round += 1) {
    measured.push(await measureRound(turns, ORDERS[round % ORDERS.length] ?? []));
    onProgress('renewing', round + 1, allRounds);
  }
  return { rounds: measured.slice(WARM_UP_ROUNDS), listing };
}

/** Takes no wallet twice, because it would have nothing due the second time. */
function freshSlices(keys: readonly WalletKey[]): () => WalletKey[] {
  let taken = 0;
  return () => {
    taken += WALLETS_PER_TURN;
    return keys.slice(taken - WALLETS_PER_TURN, taken);
  };
}

type Turn = {
  readonly seconds: number;
  readonly processorMillis: number;
  readonly queries: number;
  readonly puts: number;
  readonly calls: number;
};

async function timed(counter: CallCounter, run: () => Promise<void>): Promise<Turn> {
  counter.reset();
  const [begin, processor] = [performance.now(), process.cpuUsage()];
  await run();
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(processor);
  return {
    seconds,
    processorMillis: (user + system) / 1_000,
    queries: counter.of('QueryCommand'),
    puts: counter.of('PutItemCommand'),
    calls: counter.all(),
  };
}

async function measureRound(turns: Readonly<Record<Side, () => Promise<Turn>>>, order: readonly Side[]) {
  const taken: Record<Side, Turn[]> = { raw: [], worker: [] };
  for (const side of order) taken[side].push(await turns[side]());
  const [raw, worker] = [summaryOf(taken.raw), summaryOf(taken.worker)];
  return { raw, worker, ratio: worker.perSecond / raw.perSecond };
}

function summaryOf(turns: readonly Turn[]): Measured {
  const wallets = turns.length * WALLETS_PER_TURN;
  const sum = (of: (turn: Turn) => number) => turns.reduce((total, turn) => total + of(turn), 0);
  const [queries, puts] = [sum((turn) => turn.queries), sum((turn) => turn.puts)];
  return {
    perSecond: wallets / sum(({ seconds }) => seconds),
    processorMillis: sum(({ processorMillis }) => processorMillis) / wallets,
    queries: queries / wallets,
    puts: puts / wallets,
    otherCalls: sum(({ calls }) => calls) - queries - puts,
  };
}
