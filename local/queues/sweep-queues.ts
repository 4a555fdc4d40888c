/** The sweeps of a local system, through queues as on AWS: a message of pages, the lister, its batches, the workers. */
import { setTimeout } from 'node:timers/promises';
import { messagesAtOnceOf, type QueueName } from '../../shared/contract/queues.ts';
import type { PagesMessage } from '../../shared/contract/sweep-messages.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';
import { provideSweepRuntime } from '../../shared/sweeps/runtime.ts';
import { NOTHING_DONE, type SweepReport, sumOf } from '../../shared/sweeps/worker.ts';
import { type EventSource, pollOnce } from './event-source.ts';
import { type Depth, depthOf, type LocalQueues, QUEUE_NAMES, send } from './sqs-local.ts';

/** Messages ended in a dead-letter queue: what they ask for is left undone. */
export class SweepFailedError extends Error {
  override readonly name = 'SweepFailedError';
}

export type QueueState = { readonly name: QueueName; readonly failures: number } & Depth;

export type SweepQueuesOptions = {
  readonly queues: LocalQueues;
  readonly invoke: (queue: QueueName) => EventSource['invoke'];
  /** When what failed is given again. On one machine nobody waits six minutes for it: at once, where left out. */
  readonly retryAfterSeconds?: number | 'after-visibility';
};

/** How long to wait for a message that will come back. */
const IDLE_MILLIS = 50;

export class SweepQueues {
  readonly #queues: LocalQueues;
  readonly #sources: Readonly<Record<QueueName, EventSource>>;
  #report = NOTHING_DONE;

  constructor({ queues, invoke, retryAfterSeconds = 0 }: SweepQueuesOptions) {
    this.#queues = queues;
    const sourceOf = (name: QueueName): EventSource => ({
      client: queues.client,
      queueUrl: queues.queues[name].url,
      batchSize: messagesAtOnceOf(name),
      invoke: invoke(name),
      ...(retryAfterSeconds !== 'after-visibility' && { retryAfterSeconds }),
    });
    this.#sources = Object.fromEntries(QUEUE_NAMES.map((name) => [name, sourceOf(name)])) as Record<
      QueueName,
      EventSource
    >;
    const urls = {
      'renew-wallets': queues.queues['renew-wallets'].url,
      'remind-recipients': queues.queues['remind-recipients'].url,
      'expire-inmails': queues.queues['expire-inmails'].url,
    };
    provideSweepRuntime({
      outbox: sqsOutbox(queues.client, urls, SYSTEM),
      onBatch: (_sweep, report) => {
        this.#report = sumOf(this.#report, report);
      },
    });
  }

  /** Queues a message of pages and settles when all that comes of it is done. One at a time. Throws a SweepFailedError. */
  async run(message: PagesMessage): Promise<SweepReport> {
    const { client, queues } = this.#queues;
    this.#report = NOTHING_DONE;
    await send(client, queues.pages.url, message);
    const givenUp = await this.#drain(['pages', message.sweep]);
    if (givenUp > 0) throw new SweepFailedError(`${givenUp} messages ended in the failures queues`);
    return this.#report;
  }

  /** Of each queue how many messages wait, are under way, or have failed for good. */
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

  /** Until nothing waits and nothing will come back. Answers how many messages were given up. */
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
