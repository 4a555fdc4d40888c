/**
 * The end of a function ahead of Lambda's own timeout. That one would write neither a log line of ours nor a metric.
 */
import { setTimeout } from 'node:timers/promises';
import { BusyError } from '../store/store.ts';

export type Early = { readonly beforeMillis: number; readonly graceMillis: number };

/**
 * Middy's options. So long before the timeout, the handler's signal ends its calls, and their errors say which calls
 * they were. A handler that is not at its end after `graceMillis` fails with a BusyError.
 */
export const endEarly = ({ beforeMillis, graceMillis }: Early) => ({
  timeoutEarlyInMillis: beforeMillis,
  timeoutEarlyResponse: async (): Promise<never> => {
    await setTimeout(graceMillis);
    throw new BusyError('the time was up outside of a call');
  },
});
