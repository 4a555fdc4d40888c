import { describe, expect, it } from 'vitest';
import { retry } from '../../shared/store/retry.ts';

const WAITS = { attempts: 5, firstWaitMillis: 10, longestWaitMillis: 40 };

/** The outcome of an operation that is `bad` so many times, and its waits in between. */
async function retried(bad: number, { attempts = WAITS.attempts, random = 1 } = {}) {
  const pauses: number[] = [];
  let made = 0;
  const attempt = async () => {
    made += 1;
    return made <= bad ? 'bad' : 'good';
  };
  const patience = {
    random: () => random,
    pause: async (millis: number) => {
      pauses.push(millis);
    },
  };
  const outcome = await retry(attempt, { ...WAITS, attempts, isRetried: (given) => given === 'bad' }, patience);
  return { outcome, made, pauses };
}

describe('an operation that is retried', () => {
  it.each([
    [0, { outcome: 'good', made: 1, pauses: [] }],
    [1, { outcome: 'good', made: 2, pauses: [10] }],
    [4, { outcome: 'good', made: 5, pauses: [10, 20, 40, 40] }],
    [5, { outcome: 'bad', made: 5, pauses: [10, 20, 40, 40] }],
    [6, { outcome: 'bad', made: 5, pauses: [10, 20, 40, 40] }],
  ])('an operation with %i bad outcomes and five attempts comes to %j', async (bad, expected) => {
    expect(await retried(bad)).toEqual(expected);
  });

  it('an operation with one attempt is tried once', async () => {
    expect(await retried(1, { attempts: 1 })).toEqual({ outcome: 'bad', made: 1, pauses: [] });
  });

  it('a retry waits the share of each wait that chance says', async () => {
    expect((await retried(4, { random: 0.5 })).pauses).toEqual([5, 10, 20, 20]);
  });

  it('an operation is not tried again after an error, which goes to the caller', async () => {
    let made = 0;
    const attempt = async () => {
      made += 1;
      throw new Error('broken');
    };
    const patience = { random: () => 1, pause: async () => {} };
    await expect(retry(attempt, { ...WAITS, isRetried: () => true }, patience)).rejects.toThrow('broken');
    expect(made).toBe(1);
  });
});
