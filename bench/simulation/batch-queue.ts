/** The sweep's queue: batches that wait, batches that come back after a failure, and those that were given up. */
import { MAX_RECEIVES, visibilitySecondsOf } from '../../shared/contract/queues.ts';

/** `unwritten`: how many of its keys have a renewal to write. */
export type Batch = { readonly keys: number; unwritten: number; receives: number };

const VISIBILITY_MILLIS = visibilitySecondsOf('renew-wallets') * 1_000;

/**
 * SQS keeps no order. Here batches that come back are taken first. They use up their five times sooner, which is the worse
 * case where a table throttles.
 */
export class BatchQueue {
  readonly #fresh: Batch[] = [];
  #taken = 0;
  /** In the order of their times, because all wait equally long. */
  readonly #back: { readonly batch: Batch; readonly visibleAt: number }[] = [];
  #returned = 0;
  readonly givenUp: Batch[] = [];
  redelivered = 0;

  add(batch: Batch): void {
    this.#fresh.push(batch);
  }

  get added(): number {
    return this.#fresh.length;
  }

  get isEmpty(): boolean {
    return this.#taken === this.#fresh.length && this.#returned === this.#back.length;
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

  /** After its fifth time a batch goes to the dead-letter queue. */
  fail(batch: Batch, receivedAt: number): void {
    if (batch.receives >= MAX_RECEIVES) this.givenUp.push(batch);
    else this.#back.push({ batch, visibleAt: receivedAt + VISIBILITY_MILLIS });
  }

  #visibleBack(atMillis: number) {
    const first = this.#back[this.#returned];
    return first && first.visibleAt <= atMillis ? first : undefined;
  }

  #takeBack(atMillis: number): Batch | undefined {
    const first = this.#visibleBack(atMillis);
    if (!first) return undefined;
    this.#returned += 1;
    this.redelivered += 1;
    return first.batch;
  }

  #takeFresh(): Batch | undefined {
    const batch = this.#fresh[this.#taken];
    if (batch) this.#taken += 1;
    return batch;
  }
}
