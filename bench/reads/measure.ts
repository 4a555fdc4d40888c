/** How long a member waits for their credits, by the length of the ledger. All sizes take turns on one engine. */
import { getCredits } from '../../functions/get-credits.ts';
import { dynamoDbInMemory } from '../../local/dynamodb/dynamodb-engine.ts';
import { type Instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { Store } from '../../shared/store/store.ts';
import type { OnProgress } from '../../tools/progress.ts';
import { NOW, writeBusyWallet } from './busy-wallet.ts';

export const SIZES = [10, 100, 1_000, 10_000, 100_000] as const;
export type Size = (typeof SIZES)[number];

/** `now` reads the tail and what is pending. An earlier instant has to be looked for. */
export const READS = ['now', 'at an instant'] as const;
export type Read = (typeof READS)[number];

/** Milliseconds of each read, the median of a round, by read and size. */
export type Times = ReadonlyMap<string, readonly number[]>;
export const keyOf = (read: Read, size: Size): string => `${read} ${size}`;

const CALLS_PER_TURN = 60;
/** Until then neither Java nor V8 has compiled what is measured. */
const WARM_UP_ROUNDS = 2;

export async function measureReads(rounds: number, onProgress: OnProgress): Promise<Times> {
  await using cleanup = new AsyncDisposableStack();
  const store = dynamoStore(cleanup.use(await dynamoDbInMemory({ longRun: true })));
  const members = new Map<Size, string>();
  for (const [done, size] of SIZES.entries()) {
    onProgress('filling the ledger', done, SIZES.length);
    members.set(size, await writeBusyWallet(store, size));
  }
  const times = new Map<string, number[]>();
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    onProgress('reading credits', round, WARM_UP_ROUNDS + rounds);
    // Sizes take turns, in the opposite order in the next round, so that other work of the machine weighs on all alike.
    for (const size of round % 2 === 0 ? SIZES : SIZES.toReversed()) {
      for (const read of READS) {
        const median = await turn(store, { read, memberId: members.get(size) ?? '', size });
        if (round >= WARM_UP_ROUNDS) times.set(keyOf(read, size), [...(times.get(keyOf(read, size)) ?? []), median]);
      }
    }
  }
  return times;
}

type Turn = { readonly read: Read; readonly memberId: string; readonly size: Size };

async function turn(store: Store, { read, memberId, size }: Turn): Promise<number> {
  const millis: number[] = [];
  for (let call = 0; call < CALLS_PER_TURN; call += 1) {
    const at = read === 'now' ? undefined : instantWithin(size, call / CALLS_PER_TURN);
    const start = performance.now();
    const { kind } = await getCredits({ memberId, product: 'premium', at }, { store, rules: RULES, now: NOW });
    millis.push(performance.now() - start);
    if (kind !== 'response') throw new Error(`${memberId} has no credits`);
  }
  return millis.toSorted((one, other) => one - other)[CALLS_PER_TURN / 2] ?? 0;
}

/** Somewhere between the wallet's first entry and its last. */
const instantWithin = (size: Size, part: number): Instant => plusHours(NOW, -75 * 24 + ((size - 1) * part) / 60);
