/**
 * The tables of the data stack, as `infra/` defines them. The CDK takes a second or two of a processor to load, and the
 * tables change seldom. So a cache beside the packages keeps them, under a name that changes with their sources.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TableProperties } from '../../infra/data-template.ts';
import type { TableName } from '../../shared/contract/tables.ts';
import { makeFolder, writeState } from '../state-folder.ts';

export type TableDefinitions = Readonly<Record<TableName, TableProperties>>;

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** All sources of the tables. A test compares them with the imports of `infra/data-template.ts`. */
const SOURCES = ['infra/*.ts', 'shared/contract/tables.ts', 'cdk.json'];
/** These files name the versions of the packages. */
const MANIFESTS = ['package.json', 'package-lock.json'];

/** Only this module reads the cache. */
const CACHE_FOLDER = join(repository, 'node_modules', '.cache', 'inmail-credits');

/** The definitions that follow from the present sources. A cache that is damaged or read-only costs only time. */
export async function tableDefinitions(folder = CACHE_FOLDER): Promise<TableDefinitions> {
  const file = join(folder, `tables-${fingerprint()}.json`);
  return read(file) ?? (await synthesize(file));
}

async function synthesize(file: string): Promise<TableDefinitions> {
  const { synthesizeTables } = await import('../../infra/data-template.ts');
  const definitions = synthesizeTables();
  try {
    makeFolder(dirname(file));
    writeState(file, definitions);
  } catch {
    // The folder of the packages may be read-only.
  }
  return definitions;
}

function read(file: string): TableDefinitions | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync([...SOURCES, ...MANIFESTS], { cwd: repository }).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(repository, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
