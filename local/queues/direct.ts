/** Runs a sweep without queues, for replays and tests. The workers get the keys of the lister at once. */
import { batchMessageOf, type ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { type SweepName, sweepNamed } from '../../shared/contract/sweeps.ts';
import { type Deps, SYSTEM } from '../../shared/runtime/runtime.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import { type HandleKey, NOTHING_DONE, type SweepReport, sumOf, workBatch } from '../../shared/sweeps/worker.ts';

/** The work of a sweep on one key. */
export async function loadSweepWork(sweep: SweepName): Promise<HandleKey<unknown>> {
  const { handler } = await import(`../../functions/${sweep}.ts`);
  return handler.handleKey;
}

export async function sweepDirectly(message: ListingMessage, deps: Deps): Promise<SweepReport> {
  const handleKey = await loadSweepWork(message.sweep);
  let report = NOTHING_DONE;
  await listDue(message, deps, async (sweep, bodies) => {
    for (const body of bodies) {
      const { keys } = batchMessageOf(sweepNamed(sweep)).parse(JSON.parse(body));
      const done = await workBatch<unknown>(keys, { handleKey, deps, patience: SYSTEM, onFailure: () => {} });
      report = sumOf(report, done);
    }
  });
  return report;
}
