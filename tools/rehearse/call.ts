/** Calls of other programs. All that they print goes into one log. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Programs get this much of our environment. The AWS settings of the caller must not reach the emulator, nor it them. */
export const surroundings = () => ({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' });

/** A program ended with another code than 0. Its message holds the end of what the program printed. */
export class ProgramFailure extends Error {
  override readonly name = 'ProgramFailure';
}

export type Call = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly signal: AbortSignal;
  readonly cwd?: string;
};

/** No deploy takes so long here. Without a bound, a custom resource that never answers would hold up CI. */
const CALL_MILLIS = 3 * 60_000;

/** Returns what it printed on stdout. Throws a ProgramFailure. */
export async function call({ program, args, env, log, signal, cwd = REPOSITORY }: Call): Promise<string> {
  const child = spawn(program, args, {
    ...{ env, cwd, stdio: ['ignore', 'pipe', 'pipe'], killSignal: 'SIGTERM' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MILLIS)]),
  });
  const said = { out: '', all: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk;
    said.all += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.all += chunk;
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [code] = await closed.catch((error: Error) => {
    throw new ProgramFailure(`${error.message}: ${said.all.slice(-2_000)}`);
  });
  appendFileSync(log, `\n$ ${[program, ...args].join(' ')}\n${said.all}`);
  if (code === 0) return said.out;
  throw new ProgramFailure(`${args.slice(0, 3).join(' ')} ended with ${code}: ${said.all.slice(-2_000)}`);
}
