/** Models one lister. It lists the four shards of a message at once, page after page, on its share of a processor. */

import { timeoutSecondsOf } from '../../shared/contract/queues.ts';
import { MAX_BATCH_KEYS } from '../../shared/contract/sweep-messages.ts';
import { sweepNamed } from '../../shared/contract/sweeps.ts';
import {
  BETWEEN_INVOCATIONS_MILLIS,
  COLD_START_MILLIS,
  LISTER_MEBIBYTES,
  MEBIBYTES_PER_PROCESSOR,
  PROCESSOR_MILLIS,
} from './assumptions.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { LaneTimetable } from './timetable.ts';

export const PAGE_LENGTH = 1_000;
export const PARTS = sweepNamed('renew-wallets').shardsPerListing;
const TIMEOUT_MILLIS = timeoutSecondsOf('listings') * 1_000;
/** A page keeps a whole processor busy for so long. The lister has a part of one. */
const PAGE_PROCESSOR_MILLIS = (PROCESSOR_MILLIS.page * MEBIBYTES_PER_PROCESSOR) / LISTER_MEBIBYTES;

/** The work of one message to the lister: how many keys each of its shards has, and whether renewals are due. */
export type ListingWork = { readonly keysOfParts: readonly number[]; readonly areDue: boolean };

export type ListerWorld = {
  readonly timetable: LaneTimetable;
  readonly queue: BatchQueue;
  /** The messages that all listers take from. */
  readonly messages: ListingWork[];
  readonly pageMillis: () => number;
  readonly sendMillis: () => number;
};

export class ListerModel {
  readonly #world: ListerWorld;
  readonly #firstLane: number;
  #work: ListingWork | undefined;
  readonly #keysLeft = new Float64Array(PARTS);
  #partsLeft = 0;
  #startedAt = 0;
  #endsAt = 0;
  #processorFreeAt = 0;
  invocations = 0;
  pages = 0;
  sends = 0;
  billedMillis = 0;

  constructor(world: ListerWorld, firstLane: number) {
    this.#world = world;
    this.#firstLane = firstLane;
  }

  get isBusy(): boolean {
    return this.#work !== undefined;
  }

  start(atMillis: number): void {
    this.#work = this.#world.messages.shift();
    if (!this.#work) return;
    this.#startedAt = atMillis;
    this.#partsLeft = PARTS;
    const begin = atMillis + (this.invocations === 0 ? COLD_START_MILLIS : 0);
    this.#endsAt = begin;
    this.invocations += 1;
    for (let part = 0; part < PARTS; part += 1) {
      this.#keysLeft[part] = this.#work.keysOfParts[part] ?? 0;
      this.#world.timetable.add(this.#firstLane + part, begin);
    }
  }

  /** A page of a shard: a query, and as many sends as its batches fill. */
  goOn(lane: number, atMillis: number): void {
    if (!this.#work) {
      this.start(atMillis);
      return;
    }
    const part = lane - this.#firstLane;
    const keys = Math.min(PAGE_LENGTH, this.#keysLeft[part] as number);
    this.#keysLeft[part] = (this.#keysLeft[part] as number) - keys;
    this.pages += 1;
    this.#processorFreeAt = Math.max(atMillis, this.#processorFreeAt) + (PAGE_PROCESSOR_MILLIS * keys) / PAGE_LENGTH;
    const sentAt = this.#processorFreeAt + this.#world.pageMillis() + (keys > 0 ? this.#world.sendMillis() : 0);
    this.#queueUp(keys, this.#work.areDue);
    // A page that is not full says that it is the last.
    if (keys === PAGE_LENGTH) this.#world.timetable.add(lane, sentAt);
    else this.#endPart(sentAt);
  }

  #queueUp(keys: number, areDue: boolean): void {
    if (keys > 0) this.sends += 1;
    for (let left = keys; left > 0; left -= MAX_BATCH_KEYS) {
      const some = Math.min(left, MAX_BATCH_KEYS);
      this.#world.queue.add({ keys: some, unwritten: areDue ? some : 0, receives: 0 });
    }
  }

  #endPart(atMillis: number): void {
    this.#endsAt = Math.max(this.#endsAt, atMillis);
    this.#partsLeft -= 1;
    if (this.#partsLeft > 0) return;
    const millis = this.#endsAt - this.#startedAt;
    if (millis > TIMEOUT_MILLIS) throw new Error(`a lister would need ${Math.round(millis / 1_000)} s, and has 900`);
    this.billedMillis += millis;
    this.#work = undefined;
    this.#world.timetable.add(this.#firstLane, this.#endsAt + BETWEEN_INVOCATIONS_MILLIS);
  }
}
