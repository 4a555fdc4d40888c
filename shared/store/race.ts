/** After a lost race all three steps (read, decide, write) run again, a few times, with jitter. */
import { type Patience, type Retries, retry } from './retry.ts';
import { BusyError, LostRaceError } from './store.ts';

type Race<T> = { readonly won: T } | { readonly lost: LostRaceError };

/**
 * Waits grow from up to 20 ms to up to 640 ms. 80 writers on one wallet, each write some 10 ms, spread out over the
 * latter. 16 attempts wait 4 s on average and 8 s at the most, and an API function has 10 s.
 */
const RETRIES: Retries<Race<unknown>> = {
  attempts: 16,
  firstWaitMillis: 20,
  longestWaitMillis: 640,
  isRetried: (race) => 'lost' in race,
};

/** Throws BusyError when the race was lost every time. */
export async function repeatLostRaces<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const race = await retry(() => run(attempt), RETRIES, patience);
  if ('won' in race) return race.won;
  const { call, message } = race.lost;
  throw new BusyError(`every attempt lost its race: ${message}`, {
    cause: race.lost,
    ...(call && { call: { ...call, attempts: RETRIES.attempts } }),
  });
}

async function run<T>(attempt: () => Promise<T>): Promise<Race<T>> {
  try {
    return { won: await attempt() };
  } catch (error) {
    if (error instanceof LostRaceError) return { lost: error };
    throw error;
  }
}
