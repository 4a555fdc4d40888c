/** Sizes of the bundles that are deployed, and what it costs a fresh process to load them. All take turns in every round. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundledFunctions, synthesizeWithBundles } from '../../infra/assembly.ts';
import { DEFAULT_STAGE, stageNamed } from '../../infra/stages.ts';
import type { OnProgress } from '../../tools/progress.ts';

export type Bundle = {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Of everything that is deployed, compressed. The headers of the archive come on top, with some hundred bytes. */
  readonly archiveBytes: number;
};

export type Load = { readonly wallMillis: number; readonly cpuMillis: number };

/** The loads of each bundle, one for each round. */
export type Loads = ReadonlyMap<string, readonly Load[]>;

/** The measure of all others. */
export const CLIENT = 'DynamoDB client alone';

/** The bundles of all functions, and one of the client alone. They are written to the folder. */
export async function makeBundles(folder: string): Promise<Bundle[]> {
  const stage = stageNamed(DEFAULT_STAGE);
  const assembly = synthesizeWithBundles(join(folder, 'cdk.out'), stage);
  const functions = bundledFunctions(assembly, stage).map(({ name, folder }) => bundleIn(name, folder));
  return [await clientAlone(join(folder, 'client')), ...functions];
}

function bundleIn(name: string, folder: string): Bundle {
  const file = join(folder, 'index.js');
  const compressed = readdirSync(folder).map((one) => deflateRawSync(readFileSync(join(folder, one)), { level: 9 }));
  const archiveBytes = compressed.reduce((sum, { length }) => sum + length, 0);
  return { name, file, bytes: statSync(file).size, archiveBytes };
}

/** As little as a function of anybody's can have that reads one item. */
const CLIENT_SOURCE = `import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = (input) => client.send(new GetItemCommand(input));`;

async function clientAlone(folder: string): Promise<Bundle> {
  await build({
    stdin: { contents: CLIENT_SOURCE, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    target: 'node24',
    outfile: join(folder, 'index.js'),
  });
  return bundleIn(CLIENT, folder);
}

export async function measureLoads(bundles: readonly Bundle[], rounds: number, onProgress: OnProgress): Promise<Loads> {
  const loads = new Map<string, Load[]>(bundles.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    onProgress('all bundles in turn', round, rounds);
    for (const { name, file } of round % 2 === 0 ? bundles : bundles.toReversed()) {
      loads.get(name)?.push(await loadOnce(file));
    }
  }
  return loads;
}

const CHILD = fileURLToPath(new URL('load-child.ts', import.meta.url));

/** The region is all that a client needs to be made. */
async function loadOnce(file: string): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, file], {
    env: { AWS_REGION: 'eu-central-1' },
  });
  return JSON.parse(stdout);
}
