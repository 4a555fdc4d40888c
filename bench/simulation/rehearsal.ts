/**
 * Runs the real handlers, `list-due` and `renew-wallets`, in virtual time. Every call of the store and of the queue takes the
 * processor, and then a latency of the same distribution. The models do fifty million wallets in seconds, and are held
 * against the time that the handlers take for an invocation.
 */
import '../../local/telemetry-settings.ts';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { ofEachSweep } from '../../shared/contract/sweeps.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';
import { keyOf, NOW } from '../sweeps/due-wallets.ts';
import { asStore, endlessStore, type SweptStore } from '../sweeps/endless-store.ts';
import { bodiesOf, KEYS_PER_EVENT, listAll, listingMessagesAt, renewAll } from '../sweeps/worker-run.ts';
import { LATENCIES, LISTER_MEBIBYTES, MEBIBYTES_PER_PROCESSOR, PROCESSOR_MILLIS } from './assumptions.ts';
import { latencyDraws, seededChance } from './chance.ts';
import { PAGE_LENGTH } from './lister-model.ts';
import { VirtualClock } from './virtual-clock.ts';

export type Rehearsed = {
  /** Of an invocation with ten batches of a hundred keys. */
  readonly invocationMillis: number;
  /** Of a lister that lists four shards at once. */
  readonly pageMillis: number;
  readonly batchBytes: number;
};

const SEED = 7;
const QUEUE_URL = 'http://127.0.0.1/queue';
const QUEUE_URLS = ofEachSweep(() => QUEUE_URL);
const LISTER_SLOWNESS = MEBIBYTES_PER_PROCESSOR / LISTER_MEBIBYTES;

export async function rehearse({ invocations, pages }: { invocations: number; pages: number }): Promise<Rehearsed> {
  return { invocationMillis: await rehearseWorker(invocations), ...(await rehearseLister(pages)) };
}

async function rehearseWorker(invocations: number): Promise<number> {
  const { clock, call } = virtualIo();
  const { ledger, subscriptions, transact } = endlessStore(invocations * KEYS_PER_EVENT);
  const runtime = runtimeOn({
    subscriptions,
    ledger: { tail: (walletId) => call('query', PROCESSOR_MILLIS.call, () => ledger.tail(walletId)) },
    transact: (changes) => call('put', PROCESSOR_MILLIS.call, () => transact(changes)),
  });
  for (let first = 0; first < invocations * KEYS_PER_EVENT; first += KEYS_PER_EVENT) {
    const keys = Array.from({ length: KEYS_PER_EVENT }, (_, more) => keyOf(first + more));
    await clock.run(() => renewAll(bodiesOf(keys), runtime));
  }
  return clock.nowMillis / invocations;
}

async function rehearseLister(pages: number): Promise<Pick<Rehearsed, 'pageMillis' | 'batchBytes'>> {
  const { clock, call } = virtualIo();
  const { ledger, subscriptions, transact } = endlessStore(pages * PAGE_LENGTH);
  let [bytes, batches] = [0, 0];
  const client = {
    send: ({ input: { Entries } }: { input: { Entries: { MessageBody: string }[] } }) =>
      call('send', 0, async () => {
        for (const { MessageBody } of Entries) bytes += Buffer.byteLength(MessageBody);
        batches += Entries.length;
        return {};
      }),
  };
  const runtime = runtimeOn({
    ledger,
    transact,
    subscriptions: {
      renewing: async (part, page) => {
        const found = await subscriptions.renewing(part, page);
        const share = found.keys.length / PAGE_LENGTH;
        return call('page', PROCESSOR_MILLIS.page * LISTER_SLOWNESS * share, async () => found);
      },
    },
  });
  const outbox = sqsOutbox(client as unknown as SQSClient, QUEUE_URLS, SYSTEM);
  await clock.run(() => listAll(listingMessagesAt(NOW).slice(0, 1), { ...runtime, outbox }));
  return { pageMillis: clock.nowMillis / pages, batchBytes: bytes / batches };
}

const runtimeOn = (store: SweptStore) => ({
  ...SYSTEM,
  clock: () => NOW,
  rules: RULES,
  storeFor: () => asStore(store),
});

/** Calls take turns on one processor, and then each takes its latency. */
function virtualIo() {
  const clock = new VirtualClock();
  const chance = seededChance(SEED);
  const { query, put, page, send } = LATENCIES;
  const draws = {
    query: latencyDraws(query, chance),
    put: latencyDraws(put, chance),
    page: latencyDraws(page, chance),
    send: latencyDraws(send, chance),
  };
  let freeAt = 0;
  const call = async <T>(kind: keyof typeof draws, processorMillis: number, answer: () => Promise<T>): Promise<T> => {
    freeAt = Math.max(freeAt, clock.nowMillis) + processorMillis;
    await clock.until(freeAt + draws[kind]());
    return answer();
  };
  return { clock, call };
}
