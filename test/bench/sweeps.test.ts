import { describe, expect, it } from 'vitest';
import { changesOf, firstEntryOf, keyOf, NOW, renewalOf, walletIdAt } from '../../bench/sweeps/due-wallets.ts';
import { asStore, endlessStore } from '../../bench/sweeps/endless-store.ts';
import { expectedQueries } from '../../bench/sweeps/listing.ts';
import { growthOf, type MemoryRow, type Role } from '../../bench/sweeps/memory.ts';
import { OPTIONS } from '../../bench/sweeps/options.ts';
import { memoryText, throughputText } from '../../bench/sweeps/print.ts';
import type { Measured, Throughput } from '../../bench/sweeps/throughput.ts';
import { memoryFaults, spreadOf, throughputFaults } from '../../bench/sweeps/verdict.ts';
import { bodiesOf, KEYS_PER_EVENT, listingMessagesAt } from '../../bench/sweeps/worker-run.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { batchMessageOf } from '../../shared/contract/sweep-messages.ts';
import { renewWallets } from '../../shared/contract/sweeps.ts';
import type { Change } from '../../shared/domain/change.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import { readArguments } from '../../tools/options.ts';
import { MemoryStore } from '../support/memory-store.ts';

describe('the wallets of the benchmark', () => {
  it('a wallet of the benchmark has one renewal due, and the raw floor writes the same entry as the worker', async () => {
    const store = new MemoryStore();
    await store.transact(changesOf(keyOf(1)));
    await renewWallet(keyOf(1), { store, rules: RULES, now: NOW });
    const { entries } = store.books();
    expect(entries).toEqual([firstEntryOf(keyOf(1)), renewalOf(keyOf(1))]);
  });

  it('an invocation of the benchmark gets ten messages of a hundred wallets, as from the lister', () => {
    const bodies = bodiesOf(Array.from({ length: KEYS_PER_EVENT }, (_, index) => keyOf(index)));
    expect(bodies.length).toBe(10);
    for (const body of bodies) {
      expect(batchMessageOf(renewWallets).parse(JSON.parse(body)).keys.length).toBe(100);
    }
  });
});

describe('the endless store', () => {
  it.each([0, 1, 3_999, 4_000, 4_001, 10_000])(
    'an endless store of %i wallets lists each of them once',
    async (wallets) => {
      const store = asStore(endlessStore(wallets));
      const listed: string[] = [];
      const [message] = listingMessagesAt(NOW);
      if (!message) throw new Error('no message');
      await listDue(message, { store, rules: RULES, now: NOW }, async (_sweep, bodies) => {
        const keys = bodies.flatMap((body) => batchMessageOf(renewWallets).parse(JSON.parse(body)).keys);
        listed.push(...keys.map(({ memberId }) => memberId));
      });
      expect(new Set(listed).size).toBe(wallets);
      expect(listed.length).toBe(wallets);
    },
  );

  it('an endless store has a wallet with one renewal due for every key, and takes the write', async () => {
    const written: Change[] = [];
    const store = asStore({
      ...endlessStore(1),
      transact: async (changes) => {
        written.push(...changes);
      },
    });
    expect(await renewWallet(keyOf(0), { store, rules: RULES, now: NOW })).toMatchObject({ written: 1 });
    expect(written).toEqual([{ kind: 'append-entry', entry: renewalOf(keyOf(0)) }]);
    expect(await store.ledger.tail(walletIdAt(keyOf(0)))).toEqual(firstEntryOf(keyOf(0)));
  });
});

describe('what the lister may ask', () => {
  it('the lister may make a query for each shard of each day, and one more for every full page', () => {
    // 28, 29, 30 and 31 (November has none) and the 1st: five days of 64 shards.
    expect(expectedQueries([])).toBe(5 * 64);
    const many = Array.from({ length: 70_000 }, (_, index) => keyOf(index));
    const inFullShards = expectedQueries(many) - 5 * 64;
    expect(inFullShards).toBeGreaterThanOrEqual(58);
    expect(inFullShards).toBeLessThanOrEqual(64);
  });
});

const MEASURED: Measured = { perSecond: 1_000, processorMillis: 1, queries: 1, puts: 1, otherCalls: 0 };
const LISTING = { keys: 1_000, queries: 320, expectedQueries: 320, processorMillis: 14 };

function throughputOf(ratios: readonly number[], worker: Partial<Measured> = {}): Throughput {
  const rounds = ratios.map((ratio) => ({ raw: MEASURED, worker: { ...MEASURED, ...worker }, ratio }));
  return { rounds, listing: LISTING };
}

describe('the verdict', () => {
  it.each([
    [[0.5, 0.85, 2], 0],
    [[0.5, 0.849, 2], 1],
    [[0.9, 0.8, 0.9, 0.8], 0],
    [[0.9, 0.8, 0.89, 0.8], 1],
  ])('the ratios %j have %i faults, because the median counts', (ratios, faults) => {
    expect(throughputFaults(throughputOf(ratios)).length).toBe(faults);
  });

  it.each([[{ queries: 1.001 }], [{ puts: 2 }], [{ otherCalls: 1 }]])(
    'the benchmark wants one query and one put, and finds a fault in %j',
    (worker) => {
      expect(throughputFaults(throughputOf([1], worker))).toEqual([expect.stringContaining('one query and one put')]);
    },
  );

  it('a query too many of the lister is a fault', () => {
    const { rounds } = throughputOf([1]);
    expect(throughputFaults({ rounds, listing: { ...LISTING, queries: 321 } }).length).toBe(1);
  });

  const rowsOf = (role: Role, heaps: readonly number[]): MemoryRow[] =>
    heaps.map((heapBytes, index) => ({ role, wallets: 10 ** index, heapBytes, residentBytes: heapBytes }));

  it.each([
    [[100, 110, 110], 0],
    [[100, 90, 100], 0],
    [[100, 100, 111], 1],
    [[100, 100, 89], 1],
    [[100, 111, 100], 1],
  ])('the peaks %j of the heap have %i faults', (heaps, faults) => {
    expect(memoryFaults([...rowsOf('lister', heaps), ...rowsOf('worker', [100, 100])]).length).toBe(faults);
  });

  it('a single size is not flat, and nothing measured has no median', () => {
    expect(() => growthOf('lister', rowsOf('lister', [100]))).toThrow('no two sizes');
    expect(() => spreadOf([])).toThrow('nothing was measured');
  });

  it('the figures of the benchmark are printed with their spread', () => {
    expect(throughputText(throughputOf([0.9, 1, 1.2]))).toContain('1.000 (median; 0.900 to 1.200)');
    expect(memoryText([...rowsOf('lister', [100, 105]), ...rowsOf('worker', [100, 100])])).toContain('lister: 1.050');
  });
});

describe('the options', () => {
  it.each(['0', '-1', '1.5', 'many', '1000', ''])('the benchmark refuses %j rounds', (rounds) => {
    const fault = `--rounds wants a whole number from 1 to 999, not "${rounds}"`;
    expect(() => readArguments(OPTIONS, [`--rounds=${rounds}`])).toThrow(fault);
  });

  it('the benchmark has defaults for its options, and takes other values', () => {
    expect(readArguments(OPTIONS, [])?.values).toEqual({ rounds: 6, skipMemory: false });
    const args = ['--rounds', '12', '--skip-memory'];
    expect(readArguments(OPTIONS, args)?.values).toEqual({ rounds: 12, skipMemory: true });
  });
});
