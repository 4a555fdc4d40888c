/** How a replay does its sweeps: straight from the lister to the workers, or through queues as on AWS. */

import { sweepDirectly } from '../../local/queues/direct.ts';
import { startQueues } from '../../local/queues/sqs-local.ts';
import { SweepQueues } from '../../local/queues/sweep-queues.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import type { Store } from '../../shared/store/store.ts';
import type { RunSweep } from './sweep-timetable.ts';

export type Sweeper = { readonly runSweep: RunSweep; readonly stop: () => Promise<void> };

type Books = { readonly store: Store; readonly rules: Rules };

export function startSweeper(books: Books, { queues }: { readonly queues: boolean }): Promise<Sweeper> | Sweeper {
  return queues ? startQueued(books) : direct(books);
}

const direct = (books: Books): Sweeper => ({
  runSweep: (message) => sweepDirectly(message, { ...books, now: message.scheduledAt }),
  stop: async () => {},
});

/** The handlers themselves, on a queue emulator. */
async function startQueued({ store, rules }: Books): Promise<Sweeper> {
  let now: Instant = instant(0);
  const runtime = { ...SYSTEM, rules, clock: () => now, storeFor: () => store };
  const queues = await startQueues();
  const sweeps = await SweepQueues.open({ queues, runtime });
  return {
    runSweep: (message) => {
      now = message.scheduledAt;
      return sweeps.run(message);
    },
    stop: queues.stop,
  };
}
