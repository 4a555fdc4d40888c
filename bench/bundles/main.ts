/** `npm run bench:bundles`: how large the deployed bundles are, and how long they load. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type Verdict } from '../../tools/command.ts';
import { wholeNumber } from '../../tools/options.ts';
import { withProgress } from '../../tools/progress.ts';
import { spreadOf } from '../sweeps/verdict.ts';
import { type Bundle, CLIENT, type Load, type Loads, makeBundles, measureLoads } from './measure.ts';

/** Most of a cold start is the loading. A bundle with a second client of AWS, or a framework, would pass this. */
const MOST_RATIO = 2;

/** The median of the ratios of each round, because machines drift. */
function ratioOf(loads: Loads, name: string, part: keyof Load): number {
  const base = loads.get(CLIENT) ?? [];
  return spreadOf((loads.get(name) ?? []).map((load, round) => load[part] / (base[round]?.[part] ?? Number.NaN)))
    .median;
}

const kilobytes = (bytes: number): string => Math.round(bytes / 1_000).toLocaleString('en');

function rowOf({ name, bytes, archiveBytes }: Bundle, loads: Loads): string {
  const ratios = (['wallMillis', 'cpuMillis'] as const).map((part) => ratioOf(loads, name, part).toFixed(2));
  return `| ${[name, kilobytes(bytes), kilobytes(archiveBytes), ...ratios].join(' | ')} |`;
}

function report(bundles: readonly Bundle[], loads: Loads): string[] {
  const head = ['bundle', 'kB', 'kB with its map, compressed', `loading ÷ ${CLIENT}`, 'its CPU time ÷ the same'];
  const rows = bundles.map((bundle) => rowOf(bundle, loads));
  process.stdout.write(`| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.join('\n')}\n`);
  return bundles
    .map(({ name }) => ({ name, ratio: ratioOf(loads, name, 'cpuMillis') }))
    .filter(({ ratio }) => !(ratio <= MOST_RATIO))
    .map(({ name, ratio }) => `${name} takes ${ratio.toFixed(2)} times as long as the client alone`);
}

async function bench(rounds: number): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-bundles-'));
  try {
    const bundles = await makeBundles(folder);
    const loads = await withProgress((onProgress) => measureLoads(bundles, rounds, onProgress));
    const faults = report(bundles, loads);
    for (const fault of faults) process.stderr.write(`bench:bundles: ${fault}\n`);
    return faults.length > 0 ? 'found' : 'done';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await runCommand({
  name: 'bench:bundles',
  call: 'npm run bench:bundles',
  does: `Bundles every function as CDK deploys it, prints the sizes, and measures how long a fresh process takes to load each.
    A bundle of the DynamoDB client alone is the measure, so the figures are ratios.`,
  options: {
    rounds: { takes: 'N', kind: wholeNumber(1, 999), default: '15', does: 'how often each bundle is loaded' },
  },
  finds: `a bundle takes more than ${MOST_RATIO} times the CPU time of the client alone`,
  run: ({ rounds }) => bench(rounds),
});
