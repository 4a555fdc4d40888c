/**
 * Prints the peak memory of a role as JSON: `memory-child.ts lister|worker <wallets>`, run with --expose-gc. It is a process
 * of its own, so that it holds nothing but what it measures.
 */
import '../../local/telemetry-settings.ts';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { ofEachSweep } from '../../shared/contract/sweeps.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';
import type { ListerRuntime } from '../../shared/sweeps/runtime.ts';
import { keyOf, NOW } from './due-wallets.ts';
import { asStore, endlessStore, type SweptStore } from './endless-store.ts';
import type { Peak, Role } from './memory.ts';
import { bodiesOf, KEYS_PER_EVENT, listAll, listingMessagesAt, renewAll } from './worker-run.ts';

/** Until then V8 still compiles, which grows the heap by the same amount for few wallets as for many. */
const WARM_UP_WALLETS = 10_000;
/** The worker is sampled after so many reads, and the lister in each of its pages. */
const READS_PER_SAMPLE = 500;

const QUEUE_URL = 'http://127.0.0.1/queue';
const QUEUE_URLS = ofEachSweep(() => QUEUE_URL);

const peak = { heapBytes: 0, residentBytes: 0 };

/** Taken in the middle of the work and after a full collection, so that it counts what the sweep holds on to. */
function sample(): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  peak.heapBytes = Math.max(peak.heapBytes, heapUsed);
  peak.residentBytes = Math.max(peak.residentBytes, rss);
}

function sampled({ ledger, subscriptions, transact }: SweptStore): SweptStore {
  let reads = 0;
  return {
    subscriptions: {
      renewing: async (part, page) => {
        const answer = await subscriptions.renewing(part, page);
        if (answer.keys.length > 0) sample();
        return answer;
      },
    },
    ledger: {
      tail: async (walletId) => {
        reads += 1;
        if (reads % READS_PER_SAMPLE === 0) sample();
        return ledger.tail(walletId);
      },
    },
    transact,
  };
}

const runs: Readonly<Record<Role, (wallets: number, runtime: Omit<ListerRuntime, 'giveBack'>) => Promise<void>>> = {
  lister: (_, runtime) => listAll(listingMessagesAt(NOW).slice(0, 1), runtime),
  worker: async (wallets, runtime) => {
    for (let first = 0; first < wallets; first += KEYS_PER_EVENT) {
      await renewAll(bodiesOf(Array.from({ length: KEYS_PER_EVENT }, (_, more) => keyOf(first + more))), runtime);
    }
  },
};

/** The queue takes all and keeps nothing. */
const client = { send: async () => ({}) } as unknown as SQSClient;

async function runOver(role: Role, wallets: number): Promise<void> {
  const store = asStore(sampled(endlessStore(wallets)));
  const outbox = sqsOutbox(client, QUEUE_URLS, SYSTEM);
  await runs[role](wallets, { ...SYSTEM, clock: () => NOW, rules: RULES, storeFor: () => store, outbox });
}

const [role, wallets] = process.argv.slice(2);
if (!globalThis.gc) throw new Error('run it with --expose-gc');
await runOver(role as Role, WARM_UP_WALLETS);
peak.heapBytes = 0;
peak.residentBytes = 0;
await runOver(role as Role, Number(wallets));
process.stdout.write(JSON.stringify(peak satisfies Peak));
