/** A lost race repeats all three steps (read, decide, write), a few times, with jitter. */
import { BusyError, LostRaceError } from './store.ts';

/** Chance and waiting come in from outside, so that a simulation can own them. */
export type Patience = {
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly pause: (millis: number) => Promise<void>;
};

/**
 * Waits grow from up to 20 ms to up to 640 ms: 80 writers on one wallet, each write some 10 ms, spread out over the
 * latter and get through. 16 attempts wait 4 s on average, 8 s at the worst, and an API function has 10 s.
 */
const MAX_ATTEMPTS = 16;
const FIRST_WAIT_MILLIS = 20;
const LONGEST_WAIT_MILLIS = 640;

/** Throws BusyError when the race was lost every time. */
export async function repeatLostRaces<T>(attempt: () => Promise<T>, { random, pause }: Patience): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LostRaceError)) throw error;
      if (failures + 1 === MAX_ATTEMPTS) throw new BusyError('every attempt lost its race', { cause: error });
      await pause(random() * Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** failures));
    }
  }
}
