/** `npm run bench:sweeps`: what a sweep costs, beside the least that it can cost. */
import '../../local/telemetry-settings.ts';
import pMap from 'p-map';
import { runCommand, type Verdict } from '../../tools/command.ts';
import { withProgress } from '../../tools/progress.ts';
import { measureMemory, ROLES, WALLET_COUNTS } from './memory.ts';
import { type BenchOptions, OPTIONS } from './options.ts';
import { memoryText, throughputText } from './print.ts';
import { measureThroughput } from './throughput.ts';
import { memoryFaults, throughputFaults } from './verdict.ts';

/** Two may run at once, because a heap is as large on a busy machine. */
const CHILDREN_AT_ONCE = 2;

async function faultsFound({ rounds, skipMemory }: BenchOptions): Promise<string[]> {
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

async function bench(options: BenchOptions): Promise<Verdict> {
  const faults = await faultsFound(options);
  for (const fault of faults) process.stderr.write(`bench:sweeps: ${fault}\n`);
  return faults.length > 0 ? 'found' : 'done';
}

await runCommand({
  name: 'bench:sweeps',
  call: 'npm run bench:sweeps',
  does: `Measures how fast one worker renews wallets, against the raw floor. The floor is the same query and the same put,
    straight through the SDK, 16 at once, on the same DynamoDB Local. It also measures whether lister and worker need more
    memory for more wallets.`,
  options: OPTIONS,
  finds: 'the median ratio, the calls for each wallet or the memory are not as promised',
  run: bench,
});
