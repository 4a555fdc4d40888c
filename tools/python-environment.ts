/** Installs Python programs into a Python of their own, in a folder that git ignores. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, LocalFailure } from '../local/failure.ts';

/** PyPI on a slow line. */
const INSTALL_MILLIS = 10 * 60_000;

export type PythonParts = {
  /** The place of the Python and its programs. */
  readonly folder: string;
  /** As pip takes them, with their versions: `schemathesis==4.32.5`. */
  readonly requirements: readonly [string, ...string[]];
};

/** The folder of the installed programs. Throws a LocalFailure where they cannot be installed. */
export function pythonPrograms({ folder, requirements }: PythonParts): string {
  const programs = join(folder, 'bin');
  const python = join(programs, 'python');
  if (isCurrent(python, requirements)) return programs;
  // The folder may be half made, of other versions, or of a Python that is gone, so it is made anew.
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`installing ${requirements.join(' ')} in ${folder}, once\n`);
  run('python3', ['-m', 'venv', folder], 'python3 with its module venv is needed (Debian: apt install python3-venv)');
  run(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
    'PyPI is needed, once',
  );
  return programs;
}

const VERSIONS = `
import importlib.metadata, sys
for name in sys.argv[1:]: print(name + '==' + importlib.metadata.version(name))`;

function isCurrent(python: string, requirements: readonly string[]): boolean {
  const names = requirements.map((requirement) => requirement.replace(/==.*/, ''));
  try {
    const versions = execFileSync(python, ['-c', VERSIONS, ...names], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return versions.trim() === requirements.join('\n');
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
