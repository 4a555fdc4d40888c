/** The promises of the benchmark, and a sentence for each promise that was not kept. */
import { growthOf, type MemoryRow, ROLES } from './memory.ts';
import type { Round, Throughput } from './throughput.ts';

export const LEAST_RATIO = 0.85;
/** Flat, give or take a tenth. */
const FLAT = { least: 0.9, most: 1.1 } as const;

export type Spread = { readonly median: number; readonly least: number; readonly most: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return { median: (low + high) / 2, least: Math.min(...sorted), most: Math.max(...sorted) };
}

export function throughputFaults({ rounds, listing }: Throughput): string[] {
  const { median } = spreadOf(rounds.map(({ ratio }) => ratio));
  const { queries, expectedQueries } = listing;
  return [
    ...(median < LEAST_RATIO
      ? [`the worker does ${median.toFixed(3)} of the raw floor, less than ${LEAST_RATIO}`]
      : []),
    ...(rounds.every(oneQueryOnePut) ? [] : ['a wallet costs other calls than one query and one put']),
    ...(queries === expectedQueries ? [] : [`the lister made ${queries} queries, and ${expectedQueries} are enough`]),
  ];
}

const oneQueryOnePut = ({ worker: { queries, puts, otherCalls } }: Round): boolean =>
  queries === 1 && puts === 1 && otherCalls === 0;

export function memoryFaults(rows: readonly MemoryRow[]): string[] {
  return ROLES.flatMap((role) => {
    const growth = growthOf(role, rows);
    const isFlat = growth >= FLAT.least && growth <= FLAT.most;
    return isFlat ? [] : [`the ${role}'s memory is not flat: ${growth.toFixed(3)} times`];
  });
}
