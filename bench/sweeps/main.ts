/** `npm run bench:sweeps`: what the sweeps cost over the least that they can cost. */
import '../../local/telemetry-settings.ts';
import pMap from 'p-map';
import { withProgress } from '../progress.ts';
import { measureMemory, ROLES, WALLET_COUNTS } from './memory.ts';
import { type BenchOptions, readOptions, USAGE } from './options.ts';
import { memoryText, throughputText } from './print.ts';
import { measureThroughput } from './throughput.ts';
import { memoryFaults, throughputFaults } from './verdict.ts';

/** A heap is as large on a busy machine: two children at a time. */
const CHILDREN_AT_ONCE = 2;

async function bench({ rounds, skipMemory }: BenchOptions): Promise<string[]> {
  const throughput = await withProgress((onProgress) => measureThroughput(rounds, onProgress));
  process.stdout.write(`${throughputText(throughput)}\n`);
  const faults = throughputFaults(throughput);
  if (skipMemory) return faults;
  const sizes = ROLES.flatMap((role) => WALLET_COUNTS.map((wallets) => ({ role, wallets })));
  const memory = await withProgress((onProgress) => {
    let done = 0;
    const measure = async ({ role, wallets }: (typeof sizes)[number]) => {
      const row = await measureMemory(role, wallets);
      done += 1;
      onProgress('measuring memory', done, sizes.length);
      return row;
    };
    return pMap(sizes, measure, { concurrency: CHILDREN_AT_ONCE });
  });
  process.stdout.write(`\n${memoryText(memory)}\n`);
  return [...faults, ...memoryFaults(memory)];
}

try {
  const options = readOptions(process.argv.slice(2));
  const faults = options ? await bench(options) : [];
  if (!options) process.stdout.write(USAGE);
  for (const fault of faults) process.stderr.write(`bench: ${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
