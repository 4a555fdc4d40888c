/** Keeps requests out while the clock moves, because nothing may happen between two instants. */
export class Gate {
  #inside = 0;
  #closed: Promise<void> | undefined;
  #whenEmpty: (() => void) | undefined;

  /** Waits while the gate is closed. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed) await this.#closed;
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#whenEmpty?.();
    }
  }

  /** Waits until all requests inside have ended, which takes at most 10 s. It allows one caller at a time. */
  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve: open } = Promise.withResolvers<void>();
    this.#closed = promise;
    try {
      if (this.#inside > 0) {
        await new Promise<void>((empty) => {
          this.#whenEmpty = empty;
        });
      }
      return await work();
    } finally {
      this.#whenEmpty = undefined;
      this.#closed = undefined;
      open();
    }
  }
}
