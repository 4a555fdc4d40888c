/** The time of a local system: the real time, some way ahead. It stands still while it is moved, and never goes back. */
import { type Instant, instant, laterOf, millisOf } from '../../shared/domain/instant.ts';

export type ClockState = { readonly now: Instant; readonly offsetMillis: number };

export class LocalClock {
  readonly #realMillis: () => number;
  #offsetMillis: number;
  #standing: Instant | undefined;
  /** The latest instant anyone was told: a real clock that is set back does not take this one along. */
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

  /** Jumps to `at`, or to now where that is later, and stands there. */
  standAt(at: Instant): void {
    this.#standing = laterOf(at, this.now());
  }

  /** Ticks on from where it stands. */
  goOn(): void {
    this.#offsetMillis = this.#offset();
    this.#standing = undefined;
  }

  /** What a restart needs to go on from here. */
  state(): ClockState {
    return { now: this.now(), offsetMillis: this.#offset() };
  }

  #offset(): number {
    return this.#standing ? millisOf(this.#standing) - this.#realMillis() : this.#offsetMillis;
  }
}
