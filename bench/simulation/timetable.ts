/** The lanes by their times. It is a binary heap in two flat arrays, because 200 million turns must not make garbage. */
export class LaneTimetable {
  readonly #times: Float64Array;
  readonly #lanes: Int32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#lanes = new Int32Array(capacity);
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** The time at which the next lane goes on. It is Infinity when none does. */
  get nextAt(): number {
    return this.#size > 0 ? (this.#times[0] as number) : Number.POSITIVE_INFINITY;
  }

  add(lane: number, at: number): void {
    let place = this.#size;
    this.#size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#times[parent] as number) <= at) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, lane, at);
  }

  /** Takes the next lane out. */
  take(): number {
    const lane = this.#lanes[0] as number;
    this.#size -= 1;
    const last = this.#size;
    if (last > 0) this.#sink(this.#lanes[last] as number, this.#times[last] as number);
    return lane;
  }

  #sink(lane: number, at: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const other = child + 1;
      if (other < this.#size && (this.#times[other] as number) < (this.#times[child] as number)) child = other;
      if ((this.#times[child] as number) >= at) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, lane, at);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#lanes[from] as number, this.#times[from] as number);
  }

  #put(place: number, lane: number, at: number): void {
    this.#lanes[place] = lane;
    this.#times[place] = at;
  }
}
