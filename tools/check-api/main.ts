/** `npm run check:api`: holds a local system against openapi.json, and its books against the rules afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { type CheckOptions, readOptions, USAGE } from './options.ts';
import { schemathesisIn } from './virtual-environment.ts';
import { CALLER, populate } from './world.ts';

const ROOT = dirname(fileURLToPath(import.meta.resolve('../../package.json')));

/** What it found, in a word for each kind; nothing, it is to be hoped. */
async function check(options: CheckOptions): Promise<string[]> {
  const program = schemathesisIn(ROOT);
  const system = await startLocalSystem();
  try {
    await populate(system);
    const token = await system.tokenFor(CALLER, ['billing', 'support']);
    const code = await schemathesis(program, { ...options, baseUrl: system.baseUrl, token });
    const violations = audit(await scanBooks(system), RULES);
    for (const violation of violations) process.stderr.write(`${JSON.stringify(violation)}\n`);
    return [...(code === 0 ? [] : ['faults of the API']), ...(violations.length === 0 ? [] : ['faults of the books'])];
  } finally {
    await system.stop();
  }
}

/** As `schemathesis.toml` says; what differs from run to run is said here. The token is not for a list of processes. */
async function schemathesis(
  program: string,
  { examples, seed, baseUrl, token }: CheckOptions & { readonly baseUrl: string; readonly token: string },
): Promise<number> {
  const args = ['run', 'openapi.json', '--url', baseUrl, '--max-examples', String(examples), '--seed', String(seed)];
  const env = {
    ...process.env,
    INMAIL_CREDITS_TOKEN: token,
    HYPOTHESIS_STORAGE_DIRECTORY: join(ROOT, '.venv', 'hypothesis'),
  };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  const found = options && (await check(options));
  if (!found) process.stdout.write(USAGE);
  else if (found.length > 0) throw new Error(found.join(' and '), { cause: 'found' });
} catch (error) {
  const { message, cause } = error as Error;
  process.stderr.write(`check:api: ${message}\n`);
  process.exitCode = cause === 'found' ? 1 : 2;
}
