/** Builds the page and the contract's documents into `web/dist`, where that is missing or older than its sources. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LocalFailure } from '../local/failure.ts';
import { LockBusyError, takeLock } from '../local/kernel-lock.ts';
import { siteFiles } from './generate/docs/site.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const web = join(repository, 'web');
const dist = join(web, 'dist');

/** Inputs of the build. The lock file stands for the packages. */
const SOURCES = [
  'web/*.{ts,tsx,html,css}',
  'web/{app,ledger,parts,public,views,words}/**/*',
  'shared/{domain,contract}/**/*.ts',
  'client/*.ts',
  'openapi.json',
  'docs/rules.md',
  'tools/generate/docs/*',
  'local/html.ts',
  'package-lock.json',
];

/** A build takes a second or two, and much longer on a machine that is busy with tests. */
const WAIT_MILLIS = 120_000;

/**
 * Returns the folder of the page. One process builds at a time. Another one waits meanwhile, and finds it done.
 * `anew` builds even where nothing seems to have changed. Throws a LocalFailure with what is wrong with the sources.
 */
export async function buildPage(
  say: (line: string) => void = () => {},
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<string> {
  if (!anew && isFresh()) return dist;
  const release = takeTurn();
  try {
    if (anew || !isFresh()) {
      say('Building the page …');
      await buildBeside(`${dist}-${process.pid}`);
    }
  } finally {
    release();
  }
  return dist;
}

function takeTurn(): () => void {
  try {
    return takeLock(join(repository, 'node_modules', '.page-build-lock'), WAIT_MILLIS);
  } catch (error) {
    const why = error instanceof LockBusyError ? 'another process has been building it for minutes' : String(error);
    throw new LocalFailure(`the page cannot be built: ${why}`);
  }
}

/** Builds beside the folder and moves the page there, so that a build that fails leaves the old page. */
async function buildBeside(fresh: string): Promise<void> {
  try {
    await runVite(fresh);
    writeDocuments(fresh);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function writeDocuments(folder: string): void {
  for (const { path, text } of siteFiles()) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function isFresh(): boolean {
  const index = join(dist, 'index.html');
  if (!existsSync(index)) return false;
  const builtAtMillis = statSync(index).mtimeMs;
  return globSync(SOURCES, { cwd: repository }).every(
    (file) => statSync(join(repository, file)).mtimeMs <= builtAtMillis,
  );
}

/** Vite runs in a process of its own, because it takes much memory. */
async function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const args = [vite, 'build', '--config', join(web, 'vite.config.ts'), '--outDir', outDir, '--logLevel', 'warn'];
  try {
    // A test would hand down `test`, and Vite would build a page for developers.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, args, { cwd: repository, env });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new LocalFailure(`the page cannot be built:\n${(stderr || String(error)).trim()}`);
  }
}
