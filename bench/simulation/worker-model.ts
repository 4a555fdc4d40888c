/**
 * Models one worker. An invocation works on ten batches one after the other, on 16 keys of a batch at once, with one
 * processor. It is `queue-handler.ts` and `workBatch` without what they compute, and `rehearsal.ts` holds it against them.
 */
import { EARLY_END_SECONDS, messagesAtOnceOf, timeoutSecondsOf } from '../../shared/contract/queues.ts';
import { BETWEEN_INVOCATIONS_MILLIS, COLD_START_MILLIS, PROCESSOR_MILLIS, SDK } from './assumptions.ts';
import type { Batch, BatchQueue } from './batch-queue.ts';
import type { Capacity } from './capacity.ts';
import type { Chance } from './chance.ts';
import type { LaneTimetable } from './timetable.ts';

/** `KEYS_AT_ONCE` of worker.ts, which does not export it. The rehearsal would show another number. */
export const LANES = 16;
const BATCHES = messagesAtOnceOf('renew-wallets');
const TIMEOUT_MILLIS = (timeoutSecondsOf('renew-wallets') - EARLY_END_SECONDS) * 1_000;

export type World = {
  readonly timetable: LaneTimetable;
  readonly queue: BatchQueue;
  readonly reads: Capacity;
  readonly writes: Capacity;
  readonly chance: Chance;
  readonly queryMillis: () => number;
  readonly putMillis: () => number;
};

export class WorkerModel {
  readonly #world: World;
  readonly #firstLane: number;
  /** By lane: what its key does next, and how often it tried. */
  readonly #putting = new Uint8Array(LANES);
  readonly #mustPut = new Uint8Array(LANES);
  readonly #attempts = new Uint8Array(LANES);
  #batches: Batch[] = [];
  #current = 0;
  #keysLeft = 0;
  #unwrittenLeft = 0;
  #underWay = 0;
  #failedKeys = 0;
  #failed: Batch[] = [];
  /** When the last of its lanes is done, because lanes are worked out one after the other. */
  #batchEndsAt = 0;
  #receivedAt = 0;
  #processorFreeAt = 0;
  #tokens: number = SDK.tokens;
  #isCold = true;
  isBusy = false;
  /** Between two invocations. The next begins by itself. */
  isWaiting = false;
  invocations = 0;
  timeouts = 0;
  billedMillis = 0;

  constructor(world: World, firstLane: number) {
    this.#world = world;
    this.#firstLane = firstLane;
  }

  /** Takes batches that wait. Without any it is idle until it is started again. */
  start(atMillis: number): void {
    this.#batches = this.#world.queue.receive(BATCHES, atMillis);
    this.isWaiting = false;
    this.isBusy = this.#batches.length > 0;
    if (!this.isBusy) return;
    this.invocations += 1;
    this.#receivedAt = atMillis;
    this.#current = 0;
    this.#failed = [];
    const begin = atMillis + (this.#isCold ? COLD_START_MILLIS : 0);
    if (this.#isCold) this.#tokens = SDK.tokens;
    this.#isCold = false;
    this.#startBatch(begin);
  }

  /** Sends the query or the put of a lane whose time has come, again where it was refused. */
  goOn(lane: number, atMillis: number): void {
    if (!this.isBusy) this.start(atMillis);
    else if (atMillis - this.#receivedAt > TIMEOUT_MILLIS) this.#endLane(atMillis);
    else this.#call(lane - this.#firstLane, atMillis);
  }

  #call(lane: number, atMillis: number): void {
    const { reads, writes, queryMillis, putMillis } = this.#world;
    const sentAt = Math.max(atMillis, this.#processorFreeAt) + PROCESSOR_MILLIS.call;
    this.#processorFreeAt = sentAt;
    const isPut = this.#putting[lane] === 1;
    const isTaken = isPut ? writes.takeOne(sentAt) : reads.takeOne(sentAt);
    const answeredAt = sentAt + (isPut ? putMillis() : queryMillis());
    if (!isTaken) this.#refused(lane, answeredAt);
    else this.#answered(lane, answeredAt, isPut);
  }

  #answered(lane: number, atMillis: number, isPut: boolean): void {
    this.#tokens = Math.min(SDK.tokens, this.#tokens + (this.#attempts[lane] === 0 ? 1 : SDK.retryTokens));
    this.#attempts[lane] = 0;
    if (isPut) (this.#batches[this.#current] as Batch).unwritten -= 1;
    if (!isPut && this.#mustPut[lane] === 1) {
      this.#putting[lane] = 1;
      this.#world.timetable.add(this.#firstLane + lane, atMillis);
    } else {
      this.#nextKey(lane, atMillis);
    }
  }

  #refused(lane: number, atMillis: number): void {
    const attempts = (this.#attempts[lane] as number) + 1;
    if (attempts < SDK.attempts && this.#tokens >= SDK.retryTokens) {
      this.#tokens -= SDK.retryTokens;
      this.#attempts[lane] = attempts;
      const wait = this.#world.chance() * SDK.firstWaitMillis * 2 ** (attempts - 1);
      this.#world.timetable.add(this.#firstLane + lane, atMillis + wait);
    } else {
      this.#failedKeys += 1;
      this.#nextKey(lane, atMillis);
    }
  }

  #startBatch(atMillis: number): void {
    const { keys, unwritten } = this.#batches[this.#current] as Batch;
    this.#keysLeft = keys;
    this.#unwrittenLeft = unwritten;
    this.#failedKeys = 0;
    this.#batchEndsAt = atMillis;
    this.#underWay = Math.min(LANES, keys);
    const lanes = this.#underWay;
    for (let lane = 0; lane < lanes; lane += 1) this.#nextKey(lane, atMillis);
  }

  #nextKey(lane: number, atMillis: number): void {
    if (this.#keysLeft === 0) {
      this.#endLane(atMillis);
      return;
    }
    // Of a batch that came back, some keys are written already. Otherwise keys are alike.
    const mustPut = this.#world.chance() * this.#keysLeft < this.#unwrittenLeft;
    if (mustPut) this.#unwrittenLeft -= 1;
    this.#keysLeft -= 1;
    this.#mustPut[lane] = mustPut ? 1 : 0;
    this.#putting[lane] = 0;
    this.#attempts[lane] = 0;
    this.#world.timetable.add(this.#firstLane + lane, atMillis);
  }

  #endLane(atMillis: number): void {
    this.#batchEndsAt = Math.max(this.#batchEndsAt, atMillis);
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    if (this.#batchEndsAt - this.#receivedAt > TIMEOUT_MILLIS) {
      this.#timeOut();
      return;
    }
    if (this.#failedKeys > 0) this.#failed.push(this.#batches[this.#current] as Batch);
    this.#current += 1;
    if (this.#current < this.#batches.length) this.#startBatch(this.#batchEndsAt);
    else this.#end(this.#batchEndsAt);
  }

  /** It ends itself, and the batches that are not done come back. */
  #timeOut(): void {
    this.timeouts += 1;
    this.#failed.push(...this.#batches.slice(this.#current));
    this.#end(this.#receivedAt + TIMEOUT_MILLIS);
  }

  #end(atMillis: number): void {
    for (const batch of this.#failed) this.#world.queue.fail(batch, atMillis);
    this.billedMillis += atMillis - this.#receivedAt;
    this.#batches = [];
    this.isBusy = false;
    this.isWaiting = true;
    this.#world.timetable.add(this.#firstLane, atMillis + BETWEEN_INVOCATIONS_MILLIS);
  }
}
