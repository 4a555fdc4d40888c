/** `npm start` and `npm run dev` share their default port, and the way in which they stop. */
import { LocalFailure } from '../local/failure.ts';
import type { LocalSystem } from '../local/system.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first signal to stop. Further signals change nothing, because everything is to stop in order. */
export const stopAsked = (): Promise<'asked'> =>
  new Promise((stop) => {
    for (const signal of SIGNALS) process.on(signal, () => stop('asked'));
  });

/** Throws a LocalFailure when the system breaks before anyone asks it to stop. */
export async function untilStopped(asked: Promise<'asked'>, { broken }: Pick<LocalSystem, 'broken'>): Promise<void> {
  const end = await Promise.race([asked, broken]);
  if (end !== 'asked') throw new LocalFailure(`${end}: start again`);
}

export const DEFAULT_PORT = 3000;

/** The port that a variable names. Throws a LocalFailure where it is not one. */
export function portIn(name: 'PORT' | 'PAGE_PORT', otherwise: number): number {
  const value = process.env[name] ?? '';
  const port = Number(value || otherwise);
  if (/^\d*$/.test(value) && port <= 65_535) return port;
  throw new LocalFailure(`${name} has to be a number from 0 to 65535, and is ${JSON.stringify(value)}`);
}
