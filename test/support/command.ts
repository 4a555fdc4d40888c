/** The commands of `tools/` as people run them: real processes, which end with the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const running = new Set<ChildProcess>();

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** `file` is the path of a command in `tools/`, without its ending. */
export function runCommand(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', `tools/${file}.ts`, ...args], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const ended = new Promise<Ended>((end) => {
    child.once('close', (code) => {
      running.delete(child);
      end({ code, ...text });
    });
  });
  return { child, text, ended };
}

/** `npm start` on any free port, as soon as it has printed its address. */
export async function startCommand(dataDir: string, ...args: string[]) {
  const { child, text, ended } = runCommand('start', args, { PORT: '0', DATA_DIR: dataDir });
  await vi.waitFor(() => expect(text.out + text.err).toContain('Ctrl-C'), { timeout: 30_000 });
  return { child, ended, text, baseUrl: /http:\/\/127\.0\.0\.1:\d+/.exec(text.out)?.[0] ?? '' };
}

/** Kills whatever a failed test has left. */
export function killCommands(): void {
  for (const child of running) child.kill('SIGKILL');
}
