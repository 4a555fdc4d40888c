/** What the sweeps get from the world besides `../runtime.ts`: the lister its outbox, and whoever runs them a report. */
import * as z from 'zod';
import type { SweepName } from '../contract/sweeps.ts';
import { SYSTEM } from '../runtime/runtime.ts';
import { type Outbox, sqsClient, sqsOutbox } from './outbox.ts';
import type { SweepReport } from './worker.ts';

export type SweepRuntime = {
  readonly outbox: Outbox;
  /** Told of every batch that a worker has done. */
  readonly onBatch?: (sweep: SweepName, report: SweepReport) => void;
};

/** Of the lister alone; workers know no queue. */
const listerEnvironmentSchema = z.object({
  RENEW_WALLETS_QUEUE_URL: z.url(),
  REMIND_RECIPIENTS_QUEUE_URL: z.url(),
  EXPIRE_INMAILS_QUEUE_URL: z.url(),
});
export type ListerEnvironment = z.infer<typeof listerEnvironmentSchema>;

let current: SweepRuntime | undefined;

export function outbox(): Outbox {
  current ??= { outbox: lambdaOutbox(process.env) };
  return current.outbox;
}

export function tellOfBatch(sweep: SweepName, report: SweepReport): void {
  current?.onBatch?.(sweep, report);
}

/** Lets the local server and the tests run the sweeps on queues of their own. */
export function provideSweepRuntime(provided: SweepRuntime): void {
  current = provided;
}

function lambdaOutbox(variables: Record<string, string | undefined>): Outbox {
  const { success, data, error } = listerEnvironmentSchema.safeParse(variables);
  if (!success) throw new Error(`environment: ${z.prettifyError(error)}`);
  const queueUrls = {
    'renew-wallets': data.RENEW_WALLETS_QUEUE_URL,
    'remind-recipients': data.REMIND_RECIPIENTS_QUEUE_URL,
    'expire-inmails': data.EXPIRE_INMAILS_QUEUE_URL,
  };
  return sqsOutbox(sqsClient(), queueUrls, SYSTEM);
}
