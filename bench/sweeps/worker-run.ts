/** The sweep's own handlers, given messages as SQS gives them. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handler as lister } from '../../functions/list-due.ts';
import { handler as worker } from '../../functions/renew-wallets.ts';
import { messagesAtOnceOf } from '../../shared/contract/queues.ts';
import { type ListingMessage, MAX_BATCH_KEYS } from '../../shared/contract/sweep-messages.ts';
import { shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import type { WalletKey } from '../../shared/store/store.ts';
import type { ListerRuntime } from '../../shared/sweeps/runtime.ts';

/** One invocation of the worker gets ten messages of a hundred keys. */
export const KEYS_PER_EVENT = messagesAtOnceOf('renew-wallets') * MAX_BATCH_KEYS;

/** The messages that the lister would make of the keys. */
export function bodiesOf(keys: readonly WalletKey[]): string[] {
  return Array.from({ length: Math.ceil(keys.length / MAX_BATCH_KEYS) }, (_, batch) =>
    JSON.stringify({ keys: keys.slice(batch * MAX_BATCH_KEYS, (batch + 1) * MAX_BATCH_KEYS) }),
  );
}

/** Throws where a message failed, because a benchmark of failures would measure nothing. */
export async function renewAll(bodies: readonly string[], runtime: Runtime): Promise<void> {
  const renewWallets = worker.on({ ...runtime, giveBack });
  const atOnce = messagesAtOnceOf('renew-wallets');
  for (let start = 0; start < bodies.length; start += atOnce) {
    refuseFailures(await renewWallets(eventOf(bodies.slice(start, start + atOnce)), CONTEXT));
  }
}

/** One after the other, as one lister takes them. */
export async function listAll(
  messages: readonly ListingMessage[],
  runtime: Omit<ListerRuntime, 'giveBack'>,
): Promise<void> {
  const listDue = lister.on({ ...runtime, giveBack });
  for (const message of messages) refuseFailures(await listDue(eventOf([JSON.stringify(message)]), CONTEXT));
}

const SWEEP = sweepNamed('renew-wallets');
/** Each message of a run names so many shards, as the schedules deal them. */
export const SHARDS_PER_INVOCATION = SWEEP.shardsPerListing;

/** The messages of a whole run, as the schedules send them. */
export const listingMessagesAt = (scheduledAt: Instant): ListingMessage[] =>
  shardGroupsOf(SWEEP).map((shards) => ({
    sweep: SWEEP.name,
    scheduledAt,
    lookBackHours: SWEEP.lookBackHours,
    shards,
  }));

const eventOf = (bodies: readonly string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: String(index), body })) }) as SQSEvent;

/** No message comes again. */
const giveBack = async () => {};

function refuseFailures({ batchItemFailures }: SQSBatchResponse): void {
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages failed`);
}

/** The logger uses these fields. No sweep uses anything else of the context that Lambda hands it. */
const CONTEXT = { awsRequestId: 'bench', functionName: 'bench', memoryLimitInMB: '1769' } as Context;
