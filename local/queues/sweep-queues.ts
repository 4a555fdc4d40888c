/** Runs the sweeps of a local system through queues, as on AWS: a listing, the lister, its batches, the workers. */
import { setTimeout } from 'node:timers/promises';
import { messagesAtOnceOf, QUEUE_NAMES, type QueueName } from '../../shared/contract/queues.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { ofEachSweep } from '../../shared/contract/sweeps.ts';
import { type Runtime, SYSTEM } from '../../shared/runtime/runtime.ts';
import { sqsGiveBack } from '../../shared/sweeps/give-back.ts';
import { moveMessages } from '../../shared/sweeps/move-messages.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';
import { NOTHING_DONE, type SweepReport, sumOf } from '../../shared/sweeps/worker.ts';
import { createInvoker, queueHandlers } from '../gateway/handlers.ts';
import { type EventSource, pollOnce } from './event-source.ts';
import { type Depth, depthOf, type LocalQueues, send } from './sqs-local.ts';

/** Messages ended in a dead-letter queue, so their work is not done. */
export class SweepFailedError extends Error {
  override readonly name = 'SweepFailedError';
}

export type QueueState = { readonly name: QueueName; readonly failures: number } & Depth;

export type SweepQueuesOptions = {
  readonly queues: LocalQueues;
  /** The runtime of the handlers, without the queues. */
  readonly runtime: Runtime;
  /** A failed message comes again after this time. It is 0 by default, because a user should not wait for minutes. */
  readonly retryAfterSeconds?: number;
  /** Tests put this between a queue and its function. */
  readonly intercept?: (invoke: EventSource['invoke']) => EventSource['invoke'];
};

/** The pause between two looks for a message that will come back. */
const IDLE_MILLIS = 50;

type Sources = Readonly<Record<QueueName, EventSource>>;

export class SweepQueues {
  readonly #queues: LocalQueues;
  readonly #sources: Sources;
  readonly #reports: { sum: SweepReport };

  private constructor(queues: LocalQueues, sources: Sources, reports: { sum: SweepReport }) {
    this.#queues = queues;
    this.#sources = sources;
    this.#reports = reports;
  }

  static async open({ queues, runtime, retryAfterSeconds = 0, intercept }: SweepQueuesOptions): Promise<SweepQueues> {
    const { client, queues: byName } = queues;
    const reports = { sum: NOTHING_DONE };
    const outbox = sqsOutbox(
      client,
      ofEachSweep(({ name }) => byName[name].url),
      SYSTEM,
    );
    const giveBack = sqsGiveBack(client, () => retryAfterSeconds);
    const onBatch = (_sweep: string, report: SweepReport) => {
      reports.sum = sumOf(reports.sum, report);
    };
    const invoker = createInvoker(await queueHandlers({ ...runtime, giveBack, outbox, onBatch }));
    const sourceOf = (name: QueueName): EventSource => ({
      client,
      queueUrl: byName[name].url,
      batchSize: messagesAtOnceOf(name),
      invoke: intercept ? intercept(invoker(name)) : invoker(name),
    });
    const sources = Object.fromEntries(QUEUE_NAMES.map((name) => [name, sourceOf(name)])) as Sources;
    return new SweepQueues(queues, sources, reports);
  }

  /** Queues a listing and settles when all its work is done. It allows one run at a time. Throws a SweepFailedError. */
  async run(message: ListingMessage): Promise<SweepReport> {
    const { client, queues } = this.#queues;
    this.#reports.sum = NOTHING_DONE;
    await send(client, queues.listings.url, message);
    return this.#finish(['listings', message.sweep]);
  }

  /** Does the failed work of a queue again, like a run. A listing may give work to any sweep. */
  async redrive(name: QueueName): Promise<SweepReport & { readonly moved: number }> {
    const { client, queues } = this.#queues;
    this.#reports.sum = NOTHING_DONE;
    const { failuresUrl: from, url: to } = queues[name];
    const moved = await moveMessages(client, { from, to });
    return { moved, ...(await this.#finish(QUEUE_NAMES)) };
  }

  async #finish(names: readonly QueueName[]): Promise<SweepReport> {
    const givenUp = await this.#drain(names);
    if (givenUp > 0) throw new SweepFailedError(`${givenUp} messages ended in the failures queues`);
    return this.#reports.sum;
  }

  /** Counts the messages of each queue that wait, are under way or have failed for good. */
  states(): Promise<QueueState[]> {
    const { client, queues } = this.#queues;
    const states = QUEUE_NAMES.map(async (name) => {
      const [depth, failed] = await Promise.all([
        depthOf(client, queues[name].url),
        depthOf(client, queues[name].failuresUrl),
      ]);
      return { name, ...depth, failures: failed.waiting + failed.underWay };
    });
    return Promise.all(states);
  }

  /** Polls until no message waits or will come back. Returns the number of messages that were given up. */
  async #drain(names: readonly QueueName[]): Promise<number> {
    const outstanding = new Set<string>();
    for (let givenUp = 0; ; ) {
      const polled = await Promise.all(names.map((name) => pollOnce(this.#sources[name])));
      for (const { received, retrying } of polled) {
        for (const id of received) outstanding.delete(id);
        for (const id of retrying) outstanding.add(id);
      }
      givenUp += polled.reduce((sum, messages) => sum + messages.givenUp.length, 0);
      if (polled.some(({ received }) => received.length > 0)) continue;
      if (outstanding.size === 0) return givenUp;
      await setTimeout(IDLE_MILLIS);
    }
  }
}
