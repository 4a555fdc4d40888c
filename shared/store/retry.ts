/** The one way to try again. Attempts are few, waits grow, and jitter keeps many writers from coming back at once. */

/** Chance and waiting come in from outside, so that a simulation can own them. */
export type Patience = {
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly pause: (millis: number) => Promise<void>;
};

export type Retries<Outcome> = {
  /** In all, the first one included. */
  readonly attempts: number;
  /**
   * Each wait may be twice as long as the one before, up to `longestWaitMillis`. Chance picks the share that is waited.
   */
  readonly firstWaitMillis: number;
  readonly longestWaitMillis: number;
  /** Whether an outcome is worth another attempt. An error that `attempt` throws is not, and ends everything. */
  readonly isRetried: (outcome: Outcome) => boolean;
};

/** The first outcome that needs no retry, or the last one when the attempts are used up. */
export async function retry<Outcome>(
  attempt: () => Promise<Outcome>,
  { attempts, firstWaitMillis, longestWaitMillis, isRetried }: Retries<Outcome>,
  { random, pause }: Patience,
): Promise<Outcome> {
  let outcome = await attempt();
  for (let made = 1; made < attempts && isRetried(outcome); made += 1) {
    await pause(random() * Math.min(longestWaitMillis, firstWaitMillis * 2 ** (made - 1)));
    outcome = await attempt();
  }
  return outcome;
}
