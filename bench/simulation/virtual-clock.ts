/** Time that passes only when everybody waits: what takes minutes takes as long as its computing does. */
import { setImmediate } from 'node:timers/promises';

export class VirtualClock {
  readonly #waiting: { readonly at: number; readonly wake: () => void }[] = [];
  #now = 0;

  get nowMillis(): number {
    return this.#now;
  }

  /** A few dozen wait at the most, so that a sorted list is quick enough. */
  until(at: number): Promise<void> {
    return new Promise((wake) => {
      const place = this.#waiting.findLastIndex((other) => other.at <= at) + 1;
      this.#waiting.splice(place, 0, { at, wake });
    });
  }

  /** Runs `work`, and time with it. Throws where it waits for something else than this clock. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    let isSettled = false;
    const result = work().finally(() => {
      isSettled = true;
    });
    // The failure is the caller's, at the end; until then nobody listens.
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
