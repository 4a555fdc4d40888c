/** `npm start` as a process of its own, which can be killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../../local/engine.ts';

const START = fileURLToPath(new URL('../start.ts', import.meta.url));
const START_TIMEOUT_MILLIS = 60_000;

export type SystemProcess = {
  readonly baseUrl: string;
  /** Kills it at once, as `kill -9` does, and waits until it is gone. */
  readonly kill: () => Promise<void>;
};

/** Throws an Error with what the process printed if it does not serve. */
export async function startProcess(engine: EngineName, dataDir: string): Promise<SystemProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', START, '--engine', engine], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  let printed = '';
  const address = Promise.withResolvers<string>();
  const listen = (chunk: Buffer) => {
    printed += chunk;
    const found = /InMail credits at (http:\S+):/.exec(printed)?.[1];
    if (found) address.resolve(found);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const fail = () => address.reject(new Error(`npm start did not serve: ${printed}`));
  void gone.then(fail);
  const timer = setTimeout(fail, START_TIMEOUT_MILLIS);
  try {
    return { baseUrl: await address.promise, kill };
  } catch (error) {
    await kill();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
