/** Time that passes only when all wait, so that simulated minutes take only as long as their computing. */
import { setImmediate } from 'node:timers/promises';

export class VirtualClock {
  readonly #waiting: { readonly at: number; readonly wake: () => void }[] = [];
  #now = 0;

  get nowMillis(): number {
    return this.#now;
  }

  /** A few dozen wait at the most, so a sorted list is quick enough. */
  until(at: number): Promise<void> {
    return new Promise((wake) => {
      const place = this.#waiting.findLastIndex((other) => other.at <= at) + 1;
      this.#waiting.splice(place, 0, { at, wake });
    });
  }

  /** Runs `work`, and time with it. Throws where it waits for anything but this clock. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    let isSettled = false;
    const result = work().finally(() => {
      isSettled = true;
    });
    // The caller gets the failure at the end. Until then it must not count as unhandled.
    result.catch(() => {});
    for (;;) {
      await setImmediate();
      if (isSettled) return result;
      const next = this.#waiting.shift();
      if (!next) throw new Error('work waits for something that is no time');
      this.#now = next.at;
      next.wake();
    }
  }
}
