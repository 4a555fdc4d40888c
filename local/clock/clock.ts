/** The clock of a local system is some way ahead of the real time. It stands still during a move, and it never goes back. */
import { type Instant, instant, laterOf, millisOf } from '../../shared/domain/instant.ts';

export type ClockState = { readonly now: Instant; readonly offsetMillis: number };

export class LocalClock {
  readonly #realMillis: () => number;
  #offsetMillis: number;
  #standing: Instant | undefined;
  /** The latest instant that `now` returned. This clock does not go back with a real clock that is set back. */
  #latest: Instant;

  constructor(realMillis: () => number = Date.now, state?: ClockState) {
    this.#realMillis = realMillis;
    const behindMillis = state ? millisOf(state.now) - realMillis() : 0;
    this.#offsetMillis = Math.max(state?.offsetMillis ?? 0, behindMillis);
    this.#latest = instant(realMillis() + this.#offsetMillis);
  }

  now(): Instant {
    this.#latest = laterOf(this.#latest, this.#standing ?? instant(this.#realMillis() + this.#offsetMillis));
    return this.#latest;
  }

  /** Jumps to the later one of `at` and now, and stands there. */
  standAt(at: Instant): void {
    this.#standing = laterOf(at, this.now());
  }

  /** Ticks on from its present instant. */
  goOn(): void {
    this.#offsetMillis = this.#offset();
    this.#standing = undefined;
  }

  /** A restart goes on from this state. */
  state(): ClockState {
    return { now: this.now(), offsetMillis: this.#offset() };
  }

  #offset(): number {
    return this.#standing ? millisOf(this.#standing) - this.#realMillis() : this.#offsetMillis;
  }
}
