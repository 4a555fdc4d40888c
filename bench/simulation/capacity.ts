/** The capacity of a table. A bucket of units fills at the table's limit, and the limit follows the traffic. */
import { BURST_SECONDS, GROWTH_MILLIS } from './assumptions.ts';

export type CapacityOptions = { readonly limit: number; readonly quota: number };

const MINUTE_MILLIS = 60_000;

export class Capacity {
  #limit: number;
  readonly #quota: number;
  #units: number;
  #filledAt = 0;
  #growsAt = GROWTH_MILLIS;
  #minuteEndsAt = MINUTE_MILLIS;
  #usedInMinute = 0;
  #busiestMinute = 0;
  used = 0;
  refused = 0;

  constructor({ limit, quota }: CapacityOptions) {
    this.#limit = limit;
    this.#quota = quota;
    this.#units = limit * BURST_SECONDS;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Whether one unit may be used. Lanes come a few milliseconds out of order, so the bucket fills by the latest. */
  takeOne(atMillis: number): boolean {
    if (atMillis > this.#filledAt) this.#fill(atMillis);
    if (this.#units < 1) {
      this.refused += 1;
      return false;
    }
    this.#units -= 1;
    this.used += 1;
    this.#usedInMinute += 1;
    return true;
  }

  #fill(atMillis: number): void {
    if (atMillis >= this.#minuteEndsAt) this.#closeMinute(atMillis);
    const refilled = this.#units + ((atMillis - this.#filledAt) / 1_000) * this.#limit;
    this.#units = Math.min(this.#limit * BURST_SECONDS, refilled);
    this.#filledAt = atMillis;
  }

  #closeMinute(atMillis: number): void {
    this.#busiestMinute = Math.max(this.#busiestMinute, this.#usedInMinute);
    this.#usedInMinute = 0;
    this.#minuteEndsAt = (Math.floor(atMillis / MINUTE_MILLIS) + 1) * MINUTE_MILLIS;
    if (atMillis < this.#growsAt) return;
    this.#limit = Math.max(this.#limit, Math.min(this.#quota, (2 * this.#busiestMinute) / 60));
    this.#busiestMinute = 0;
    this.#growsAt += GROWTH_MILLIS;
  }
}
