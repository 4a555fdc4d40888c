/** The sweep's queue: batches that wait, batches that come back after a failure, and those that were given up. */
import { MAX_RECEIVES, retrySecondsAfter } from '../../shared/contract/queues.ts';

/** `unwritten`: how many of its keys have a renewal to write. */
export type Batch = { readonly keys: number; unwritten: number; receives: number };

type Back = { readonly batch: Batch; readonly visibleAt: number };

/**
 * SQS keeps no order. Here batches that come back are taken first. They use up their times sooner, which is the worse
 * case where a table throttles.
 */
export class BatchQueue {
  readonly #fresh: Batch[] = [];
  #taken = 0;
  /** By how often they came, and each list in the order of its times, because batches in it wait equally long. */
  readonly #back: Back[][] = Array.from({ length: MAX_RECEIVES }, () => []);
  /** So many of each list were taken again. */
  readonly #returned = this.#back.map(() => 0);
  readonly givenUp: Batch[] = [];
  redelivered = 0;

  add(batch: Batch): void {
    this.#fresh.push(batch);
  }

  get added(): number {
    return this.#fresh.length;
  }

  get isEmpty(): boolean {
    return (
      this.#taken === this.#fresh.length && this.#back.every((list, times) => this.#returned[times] === list.length)
    );
  }

  hasVisible(atMillis: number): boolean {
    return this.#taken < this.#fresh.length || this.#visibleBack(atMillis) !== undefined;
  }

  receive(most: number, atMillis: number): Batch[] {
    const batches: Batch[] = [];
    while (batches.length < most) {
      const batch = this.#takeBack(atMillis) ?? this.#takeFresh();
      if (!batch) break;
      batch.receives += 1;
      batches.push(batch);
    }
    return batches;
  }

  /** After its last time a batch goes to the dead-letter queue. */
  fail(batch: Batch, failedAt: number): void {
    if (batch.receives >= MAX_RECEIVES) this.givenUp.push(batch);
    else this.#back[batch.receives]?.push({ batch, visibleAt: failedAt + retrySecondsAfter(batch.receives) * 1_000 });
  }

  /** The list whose first batch waits longest. */
  #visibleBack(atMillis: number): number | undefined {
    let [longest, since] = [undefined as number | undefined, atMillis];
    for (const [times, list] of this.#back.entries()) {
      const first = list[this.#returned[times] ?? 0];
      if (first && first.visibleAt <= since) [longest, since] = [times, first.visibleAt];
    }
    return longest;
  }

  #takeBack(atMillis: number): Batch | undefined {
    const times = this.#visibleBack(atMillis);
    if (times === undefined) return undefined;
    const taken = this.#returned[times] ?? 0;
    this.#returned[times] = taken + 1;
    this.redelivered += 1;
    return this.#back[times]?.[taken]?.batch;
  }

  #takeFresh(): Batch | undefined {
    const batch = this.#fresh[this.#taken];
    if (batch) this.#taken += 1;
    return batch;
  }
}
