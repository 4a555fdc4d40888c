/** `npm run check:api`: holds a local system against openapi.json, and its books against the rules afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { runCommand, type Verdict } from '../command.ts';
import { ENGINE_OPTION, engineOf } from '../engine-option.ts';
import { type OptionTable, type ValuesOf, wholeNumber } from '../options.ts';
import { pythonPrograms } from '../python-environment.ts';
import { CALLER, populate } from './world.ts';

const ROOT = dirname(fileURLToPath(import.meta.resolve('../../package.json')));

/** Pinned, because another release finds other things. Try a new one before you take it. */
const SCHEMATHESIS = 'schemathesis==4.32.5';

const FOLDER = join(ROOT, '.venv');

/** Fewer examples leave corners of the larger bodies unseen. */
const LEAST_EXAMPLES = 200;

const OPTIONS = {
  examples: {
    takes: 'N',
    kind: wholeNumber(LEAST_EXAMPLES),
    default: String(LEAST_EXAMPLES),
    does: 'how many requests for each operation',
  },
  seed: {
    takes: 'N',
    kind: wholeNumber(0),
    default: '1',
    does: 'what chance begins with. A failure comes again with its seed',
  },
  engine: ENGINE_OPTION,
} as const satisfies OptionTable;

type CheckOptions = ValuesOf<typeof OPTIONS>;

async function check(options: CheckOptions): Promise<Verdict> {
  const program = join(pythonPrograms({ folder: FOLDER, requirements: [SCHEMATHESIS] }), 'schemathesis');
  const system = await startLocalSystem({ engine: engineOf(options.engine) });
  try {
    await populate(system);
    const token = await system.tokenFor(CALLER, ['billing', 'support']);
    const code = await schemathesis(program, { ...options, baseUrl: system.baseUrl, token });
    const violations = audit(await scanBooks(system), RULES);
    for (const violation of violations) process.stderr.write(`${JSON.stringify(violation)}\n`);
    if (code === 0 && violations.length === 0) return 'done';
    const found = [
      ...(code === 0 ? [] : ['faults of the API']),
      ...(violations.length === 0 ? [] : ['faults of the books']),
    ];
    process.stderr.write(`check:api: ${found.join(' and ')}\n`);
    return 'found';
  } finally {
    await system.stop();
  }
}

/** `schemathesis.toml` says most. The token is a variable, because every user of a machine can list its processes. */
async function schemathesis(
  program: string,
  { examples, seed, baseUrl, token }: CheckOptions & { readonly baseUrl: string; readonly token: string },
): Promise<number> {
  const args = ['run', 'openapi.json', '--url', baseUrl, '--max-examples', String(examples), '--seed', String(seed)];
  const env = {
    ...process.env,
    INMAIL_CREDITS_TOKEN: token,
    HYPOTHESIS_STORAGE_DIRECTORY: join(FOLDER, 'hypothesis'),
  };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

await runCommand({
  name: 'check:api',
  call: 'npm run check:api',
  does: `Holds a local system against its contract with schemathesis. It makes thousands of requests, right and wrong ones,
    and calls that follow from each other. Then it audits the books.

    The first run makes the folder .venv. It needs Python 3.10 or later, and PyPI.`,
  options: OPTIONS,
  finds: 'the API or the books have a fault',
  run: check,
});
