import type { Page, PageRequest } from '../../shared/store/store.ts';

/** An index of a table in memory. Each partition is sorted by the text that `orderOf` makes of a key. */
export class SortedIndex<Key> {
  readonly #partitions = new Map<string, { readonly order: string; readonly key: Key }[]>();
  readonly #orderOf: (key: Key) => string;

  constructor(orderOf: (key: Key) => string) {
    this.#orderOf = orderOf;
  }

  add(partition: string, key: Key): void {
    const rows = this.#partitions.get(partition) ?? [];
    this.#partitions.set(partition, rows);
    const order = this.#orderOf(key);
    rows.splice(this.#firstFrom(rows, order), 0, { order, key });
  }

  /** Does nothing if the key is not in the partition. */
  remove(partition: string, key: Key): void {
    const rows = this.#partitions.get(partition) ?? [];
    const order = this.#orderOf(key);
    const index = this.#firstFrom(rows, order);
    if (rows[index]?.order === order) rows.splice(index, 1);
  }

  /**
   * A page of results in ascending order, or descending with `newestFirst`. `lowest` and `highest` are included.
   */
  page(
    partition: string,
    { limit, after }: PageRequest<Key>,
    { newestFirst = false, lowest = '', highest = '\uffff' } = {},
  ): Page<Key> {
    const rows = this.#partitions.get(partition) ?? [];
    const first = this.#firstFrom(rows, newestFirst || !after ? lowest : `${this.#orderOf(after)}\0`);
    const end = newestFirst && after ? this.#firstFrom(rows, this.#orderOf(after)) : this.#firstFrom(rows, highest);
    const wanted = newestFirst
      ? rows.slice(Math.max(first, end - limit), end).reverse()
      : rows.slice(first, Math.min(end, first + limit));
    const keys = wanted.map(({ key }) => key);
    const next = keys.at(-1);
    return end - first > limit && next ? { keys, next } : { keys };
  }

  /** The index of the first row that is not before `order`. */
  #firstFrom(rows: readonly { readonly order: string }[], order: string): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle]?.order ?? '') < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
