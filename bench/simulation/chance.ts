/** Chance that is the same in every run, and latencies drawn by it. */
import type { Latency } from './assumptions.ts';

/** From 0 up to, not including, 1. */
export type Chance = () => number;

/** Marsaglia's xorshift: 32 bits of state, never 0, and fast enough for a hundred million draws. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** So many quantiles of the normal distribution reach some 4.2 standard deviations out. */
const QUANTILES = 2 ** 15;
const P99_DEVIATIONS = 2.326348;

/** A log-normal distribution as a table of its quantiles. Each draw takes one of them. */
export function latencyDraws({ medianMillis, p99Millis }: Latency, chance: Chance): () => number {
  const deviation = Math.log(p99Millis / medianMillis) / P99_DEVIATIONS;
  const quantiles = Float64Array.from(
    { length: QUANTILES },
    (_, index) => medianMillis * Math.exp(deviation * normalQuantile((index + 0.5) / QUANTILES)),
  );
  return () => quantiles[(chance() * QUANTILES) | 0] ?? medianMillis;
}

/** Abramowitz and Stegun 26.2.23: off by 0.00045 at the most. */
function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  const above = 2.515517 + 0.802853 * t + 0.010328 * t ** 2;
  const below = 1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3;
  return above / below - t;
}
