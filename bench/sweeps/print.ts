/** The benchmark's tables, in Markdown. */
import { growthOf, type MemoryRow, ROLES } from './memory.ts';
import type { Measured, Throughput } from './throughput.ts';
import { LEAST_RATIO, type Spread, spreadOf } from './verdict.ts';

export function throughputText({ rounds, listing }: Throughput): string {
  const ratio = spreadOf(rounds.map((round) => round.ratio));
  const processor = spreadOf(rounds.map(({ raw, worker }) => raw.processorMillis / worker.processorMillis));
  const { keys, queries, expectedQueries, processorMillis } = listing;
  return [
    '| one worker, on DynamoDB Local | wallets a second | processor ms a wallet | queries | puts |',
    '|---|---|---|---|---|',
    rowOf(
      'raw floor',
      rounds.map(({ raw }) => raw),
    ),
    rowOf(
      'worker',
      rounds.map(({ worker }) => worker),
    ),
    '',
    `worker ÷ raw floor: ${rangeOf(ratio)}; wanted: ${LEAST_RATIO} or more`,
    `the same in processor time: ${rangeOf(processor)}`,
    `lister: ${queries} queries for ${keys} keys (${expectedQueries} expected), ${processorMillis.toFixed(1)} processor ms a thousand keys`,
  ].join('\n');
}

function rowOf(name: string, measured: readonly Measured[]): string {
  const median = (of: (one: Measured) => number) => spreadOf(measured.map(of)).median;
  const cells = [
    median(({ perSecond }) => perSecond).toFixed(0),
    median(({ processorMillis }) => processorMillis).toFixed(2),
    median(({ queries }) => queries),
    median(({ puts }) => puts),
  ];
  return `| ${[name, ...cells].join(' | ')} |`;
}

const rangeOf = ({ median, least, most }: Spread): string =>
  `${median.toFixed(3)} (median; ${least.toFixed(3)} to ${most.toFixed(3)})`;

export function memoryText(rows: readonly MemoryRow[]): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  return [
    '| peak memory, MiB | wallets | heap in use | resident |',
    '|---|---|---|---|',
    ...rows.map((row) => {
      const cells = [row.role, row.wallets, mebibytes(row.heapBytes), mebibytes(row.residentBytes)];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
    ...ROLES.map((role) => `${role}: ${growthOf(role, rows).toFixed(3)} times the heap; wanted: 0.9 to 1.1`),
  ].join('\n');
}
