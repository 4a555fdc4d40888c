/** Installs schemathesis into a Python of its own beside package.json, in a folder that git ignores. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, LocalFailure } from '../../local/failure.ts';

/** Pinned, because another release finds other things. Try a new one before you take it. */
const SCHEMATHESIS = 'schemathesis==4.32.5';

const FOLDER = '.venv';
/** PyPI on a slow line. */
const INSTALL_MILLIS = 10 * 60_000;

/** The path of the program, installed if it is not there. Throws a LocalFailure where it cannot be installed. */
export function schemathesisIn(root: string): string {
  const folder = join(root, FOLDER);
  const [python, program] = ['python', 'schemathesis'].map((name) => join(folder, 'bin', name)) as [string, string];
  if (existsSync(program) && isCurrent(python)) return program;
  // The folder may be half made, of another release, or of a Python that is gone, so it is made anew.
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`installing ${SCHEMATHESIS} in ${FOLDER}, once\n`);
  run('python3', ['-m', 'venv', folder], 'python3 with its module venv is needed (Debian: apt install python3-venv)');
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', SCHEMATHESIS], 'PyPI is needed, once');
  return program;
}

function isCurrent(python: string): boolean {
  try {
    const code = 'import importlib.metadata; print(importlib.metadata.version("schemathesis"))';
    const installed = execFileSync(python, ['-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return `schemathesis==${installed.trim()}` === SCHEMATHESIS;
  } catch {
    return false;
  }
}

function run(command: string, args: readonly string[], needs: string): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_MILLIS });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? '').trim();
    throw new LocalFailure(`${needs}: ${said.split('\n').at(-1) || `${command} failed (${codeOf(error)})`}`);
  }
}
