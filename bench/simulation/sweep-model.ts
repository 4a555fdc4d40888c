/** A whole renewal sweep in simulated time: listers, queue, workers and a table that takes only so much a second. */
import { shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import {
  FIRST_INVOCATIONS,
  LATENCIES,
  LISTERS_AT_ONCE,
  MORE_INVOCATIONS_A_MINUTE,
  TABLE_QUOTA,
  type UnitsPerSecond,
} from './assumptions.ts';
import { BatchQueue } from './batch-queue.ts';
import { Capacity } from './capacity.ts';
import { latencyDraws, seededChance } from './chance.ts';
import { ListerModel, type ListingWork, PARTS } from './lister-model.ts';
import { LaneTimetable } from './timetable.ts';
import { LANES, WorkerModel } from './worker-model.ts';

export type Scenario = {
  readonly name: string;
  readonly wallets: number;
  readonly workersAtOnce: number;
  readonly warm: UnitsPerSecond;
  /** False on the days after, when the sweep looks back and finds them written. */
  readonly areDue: boolean;
};

/** The wallets written by a time, and what the table took a second at that time. */
type Sample = { readonly atSeconds: number; readonly written: number; readonly writeLimit: number };

export type Outcome = {
  readonly seconds: number;
  readonly written: number;
  readonly reads: number;
  readonly throttledWrites: number;
  readonly throttledReads: number;
  readonly busiestSecondWrites: number;
  readonly mostAtOnce: number;
  readonly redelivered: number;
  readonly givenUpBatches: number;
  readonly givenUpWallets: number;
  readonly timeouts: number;
  readonly pages: number;
  readonly sends: number;
  readonly batches: number;
  readonly listingSeconds: number;
  readonly workerInvocations: number;
  readonly listerInvocations: number;
  readonly workerMillis: number;
  readonly listerMillis: number;
  readonly samples: readonly Sample[];
};

const SEED = 20_261_201;
const TICK_MILLIS = 1_000;
/** A sweep that is not done within a day meets the next one. */
const LONGEST_MILLIS = 24 * 3_600_000;
const SAMPLE_SECONDS = 60;

export function simulateSweep(scenario: Scenario): Outcome {
  return new SweepModel(scenario).run();
}

class SweepModel {
  readonly #scenario: Scenario;
  readonly #timetable: LaneTimetable;
  readonly #queue = new BatchQueue();
  readonly #reads: Capacity;
  readonly #writes: Capacity;
  readonly #messages: ListingWork[];
  readonly #listers: readonly ListerModel[];
  readonly #workers: readonly WorkerModel[];
  readonly #workerLanes: number;
  readonly #samples: Sample[] = [];
  #busiestSecondWrites = 0;
  #mostAtOnce = 0;
  #listedAt = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    const { workersAtOnce, warm, wallets, areDue } = scenario;
    this.#workerLanes = workersAtOnce * LANES;
    const timetable = new LaneTimetable(this.#workerLanes + LISTERS_AT_ONCE * PARTS);
    const chance = seededChance(SEED);
    const draws = (of: keyof typeof LATENCIES) => latencyDraws(LATENCIES[of], chance);
    this.#timetable = timetable;
    this.#reads = new Capacity({ limit: warm.reads, quota: TABLE_QUOTA.reads });
    this.#writes = new Capacity({ limit: warm.writes, quota: TABLE_QUOTA.writes });
    this.#messages = messagesFor(wallets, areDue);
    const queues = { timetable, queue: this.#queue };
    const listing = { ...queues, messages: this.#messages, pageMillis: draws('page'), sendMillis: draws('send') };
    const working = {
      ...queues,
      ...{ reads: this.#reads, writes: this.#writes, chance, queryMillis: draws('query'), putMillis: draws('put') },
    };
    this.#workers = Array.from({ length: workersAtOnce }, (_, index) => new WorkerModel(working, index * LANES));
    this.#listers = Array.from(
      { length: LISTERS_AT_ONCE },
      (_, index) => new ListerModel(listing, this.#workerLanes + index * PARTS),
    );
  }

  run(): Outcome {
    for (const lister of this.#listers) lister.start(0);
    let at = 0;
    while (!this.#isDone()) {
      at += TICK_MILLIS;
      if (at > LONGEST_MILLIS) throw new Error(`${this.#scenario.name}: not done within a day`);
      this.#runUntil(at);
      this.#tick(at);
    }
    return this.#outcome(at / 1_000);
  }

  #runUntil(end: number): void {
    const writtenBefore = this.#writes.used;
    for (let at = this.#timetable.nextAt; at < end; at = this.#timetable.nextAt) {
      const lane = this.#timetable.take();
      if (lane < this.#workerLanes) this.#workers[(lane / LANES) | 0]?.goOn(lane, at);
      else this.#listers[((lane - this.#workerLanes) / PARTS) | 0]?.goOn(lane, at);
    }
    this.#busiestSecondWrites = Math.max(this.#busiestSecondWrites, this.#writes.used - writtenBefore);
  }

  /** Runs once a second. It wakes the workers that may run and have work to do, and takes a sample every minute. */
  #tick(at: number): void {
    const seconds = at / 1_000;
    const allowed = FIRST_INVOCATIONS + (MORE_INVOCATIONS_A_MINUTE * seconds) / 60;
    for (const [index, worker] of this.#workers.entries()) {
      if (index >= allowed || !this.#queue.hasVisible(at)) break;
      if (!worker.isBusy && !worker.isWaiting) worker.start(at);
    }
    const listers = this.#listers.filter(({ isBusy }) => isBusy).length;
    if (listers > 0) this.#listedAt = seconds;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, listers + this.#workers.filter(({ isBusy }) => isBusy).length);
    if (seconds % SAMPLE_SECONDS === 0) this.#sample(seconds);
  }

  #sample(atSeconds: number): void {
    this.#samples.push({ atSeconds, written: this.#writes.used, writeLimit: this.#writes.limit });
  }

  #isDone(): boolean {
    const someoneIsBusy = [...this.#listers, ...this.#workers].some(({ isBusy }) => isBusy);
    return !someoneIsBusy && this.#messages.length === 0 && this.#queue.isEmpty;
  }

  #outcome(seconds: number): Outcome {
    this.#sample(seconds);
    const sum = <Part>(parts: readonly Part[], of: (part: Part) => number) =>
      parts.reduce((total, part) => total + of(part), 0);
    const givenUpWallets = sum(this.#queue.givenUp, ({ unwritten }) => unwritten);
    const written = this.#writes.used;
    const due = this.#scenario.areDue ? this.#scenario.wallets : 0;
    if (written + givenUpWallets !== due) throw new Error(`${due - written - givenUpWallets} wallets are lost`);
    return {
      ...{ seconds, written, reads: this.#reads.used, givenUpWallets, samples: this.#samples },
      ...{ throttledWrites: this.#writes.refused, throttledReads: this.#reads.refused },
      ...{ busiestSecondWrites: this.#busiestSecondWrites, mostAtOnce: this.#mostAtOnce },
      ...{ redelivered: this.#queue.redelivered, givenUpBatches: this.#queue.givenUp.length },
      timeouts: sum(this.#workers, ({ timeouts }) => timeouts),
      pages: sum(this.#listers, ({ pages }) => pages),
      sends: sum(this.#listers, ({ sends }) => sends),
      batches: this.#queue.added,
      listingSeconds: this.#listedAt,
      workerInvocations: sum(this.#workers, ({ invocations }) => invocations),
      listerInvocations: sum(this.#listers, ({ invocations }) => invocations),
      workerMillis: sum(this.#workers, ({ billedMillis }) => billedMillis),
      listerMillis: sum(this.#listers, ({ billedMillis }) => billedMillis),
    };
  }
}

/** The wallets of the day, dealt evenly to the shards. The days that the sweep looks back over are taken to be empty. */
function messagesFor(wallets: number, areDue: boolean): ListingWork[] {
  const sweep = sweepNamed('renew-wallets');
  const keysOf = (shard: number) => Math.floor(wallets / sweep.shards) + (shard < wallets % sweep.shards ? 1 : 0);
  return shardGroupsOf(sweep).map(({ first, last }) => ({
    keysOfParts: Array.from({ length: last - first + 1 }, (_, more) => keysOf(first + more)),
    areDue,
  }));
}
