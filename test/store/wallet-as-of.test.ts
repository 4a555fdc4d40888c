/** A wallet at any instant is found by a search that reads few entries of many. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, plusMillis } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Store } from '../../shared/store/store.ts';
import { readWalletFor } from '../../shared/store/wallets.ts';
import { anEntry, lastOf } from '../support/domain-builders.ts';

const START = instant('2024-01-10T09:00:00Z');

/** A ledger whose entries are so many milliseconds apart, and how often it was read. */
function ledgerOf(steps: readonly number[]) {
  let at = START;
  const usual = anEntry();
  const entries = steps.map((millis, index): Entry => {
    at = plusMillis(at, millis);
    return { ...usual, at, seq: index + 1 };
  });
  const reads = { count: 0 };
  const counted = <T>(value: T): Promise<T> => {
    reads.count += 1;
    return Promise.resolve(value);
  };
  const ledger = {
    tail: () => counted(entries.at(-1)),
    entry: (_: string, seq: number) => counted(entries[seq - 1]),
  };
  return { store: { ledger } as unknown as Store, entries, reads };
}

const seqAt = async (store: Store, at: string) => {
  const world = { store, rules: RULES, now: START };
  return (await readWalletFor({ walletId: 'ada#premium', at: instant(at) }, world)).tail?.seq;
};

describe('the wallet at an instant', () => {
  it('the wallet at an instant is that of the last entry at or before it, even if several share an instant', async () => {
    const steps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9e6 })), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.integer({ min: -1, max: 1 }), async (millis, pick, offset) => {
        const { store, entries } = ledgerOf(millis);
        const at = plusMillis(entries[pick % entries.length]?.at ?? START, offset);
        expect(await seqAt(store, at)).toBe(entries.findLast((entry) => entry.at <= at)?.seq);
      }),
      { numRuns: 300 },
    );
  });

  it.each([10, 1_000, 100_000])(
    'the wallet at an instant takes at most 8 reads among %i entries that are spread evenly',
    async (count) => {
      const { store, entries, reads } = ledgerOf(Array.from({ length: count }, () => 60_000));
      for (const part of [0, 0.01, 0.3, 0.5, 0.77, 0.999]) {
        reads.count = 0;
        const { at, seq } = entries[Math.floor(part * (count - 1))] ?? lastOf(entries);
        expect(await seqAt(store, at)).toBe(seq);
        expect(reads.count).toBeLessThanOrEqual(8);
      }
    },
  );

  it('the wallet at an instant takes at most 40 reads however unevenly 100,000 entries are spread', async () => {
    // A burst in the first hour, then nothing for ten years.
    const { store, entries, reads } = ledgerOf([0, ...Array.from({ length: 99_998 }, () => 36), 3_650 * 86_400_000]);
    for (const seq of [2, 50_000, 99_998, 99_999]) {
      reads.count = 0;
      expect(await seqAt(store, entries[seq - 1]?.at ?? START)).toBe(seq);
      expect(reads.count).toBeLessThanOrEqual(40);
    }
  });
});
