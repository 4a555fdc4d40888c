import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import { commit } from '../../shared/store/commit.ts';
import { entry, inmail } from '../support/books.ts';

const renewals = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'append-entry',
    entry: { ...entry('ada#premium', index + 1), type: 'renewed' },
  }));
const sends = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'create-inmail', inmail: inmail({ n: index + 1 }) }));

/** A store that keeps the changes that it should write at once. */
function recorder() {
  const written: (readonly Change[])[] = [];
  const transact = async (changes: readonly Change[]) => {
    written.push(changes);
  };
  return { store: { transact }, written };
}

describe('commit', () => {
  it.each([
    { ahead: 0, own: 1, sizes: [1] },
    { ahead: 0, own: 100, sizes: [100] },
    { ahead: 98, own: 2, sizes: [100] },
    { ahead: 99, own: 2, sizes: [99, 2] },
    { ahead: 101, own: 2, sizes: [100, 3] },
    { ahead: 201, own: 0, sizes: [100, 100, 1] },
  ])(
    'a commit writes $ahead renewals and $own other changes in transactions of $sizes',
    async ({ ahead, own, sizes }) => {
      const { store, written } = recorder();
      const changes = [...renewals(ahead), ...sends(own)];
      await commit(store, changes);
      expect(written.map(({ length }) => length)).toEqual(sizes);
      expect(written.flat()).toEqual(changes);
    },
  );

  it.each([
    ['101 changes that are no renewals', sends(101)],
    ['renewals behind another change', [...sends(1), ...renewals(100)]],
  ])('a commit writes nothing of %s, because only leading renewals may be written apart', async (_, changes) => {
    const { store, written } = recorder();
    await expect(commit(store, changes)).rejects.toThrow(RangeError);
    expect(written).toEqual([]);
  });
});
