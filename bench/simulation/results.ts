/** The results of the simulation, from which report and picture are made. */
import { type Rehearsed, rehearse } from './rehearsal.ts';
import { QUICK_SCENARIO, SCENARIOS } from './scenarios.ts';
import { type Outcome, type Scenario, simulateSweep } from './sweep-model.ts';

export type Run = { readonly scenario: Scenario; readonly outcome: Outcome };

export type Results = {
  readonly rehearsed: Rehearsed;
  /** The same, as the models have it. */
  readonly modelled: Pick<Rehearsed, 'invocationMillis' | 'pageMillis'>;
  /** A run small enough for a test to repeat. */
  readonly quick: Run;
  readonly runs: readonly Run[];
};

/** 200,000 wallets and as many keys through the real handlers. */
const REHEARSAL = { invocations: 200, pages: 200 };

export async function simulateAll(onRun: (done: number, total: number) => void): Promise<Results> {
  const rehearsed = await rehearse(REHEARSAL);
  const runs: Run[] = [];
  for (const scenario of SCENARIOS) {
    runs.push({ scenario, outcome: simulateSweep(scenario) });
    onRun(runs.length, SCENARIOS.length);
    // The progress bar needs a moment, because a run never waits by itself.
    await new Promise(setImmediate);
  }
  return { rehearsed, modelled: modelUndisturbed(), quick: runQuick(), runs };
}

export const runQuick = (): Run => ({ scenario: QUICK_SCENARIO, outcome: simulateSweep(QUICK_SCENARIO) });

/** One worker on a table that never throttles. Each shard has as many wallets as a shard of the rehearsal. */
export function modelUndisturbed(): Results['modelled'] {
  const { workerMillis, workerInvocations, listerMillis, pages } = simulateSweep({
    name: 'undisturbed',
    wallets: 3_200_000,
    workersAtOnce: 1,
    warm: { writes: 40_000, reads: 40_000 },
    areDue: true,
  });
  return { invocationMillis: workerMillis / workerInvocations, pageMillis: listerMillis / pages };
}
