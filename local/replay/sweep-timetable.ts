/** The sweeps of a replay, run at their hours as its time passes. */
import { steps as expireSteps } from '../../functions/expire-inmails.ts';
import { steps as remindSteps } from '../../functions/remind-recipients.ts';
import { steps as renewSteps } from '../../functions/renew-wallets.ts';
import { type Instant, plusHours } from '../../shared/domain/instant.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import type { Deps } from '../../shared/edge/runtime.ts';
import { runSweep, type SweepReport } from '../../shared/edge/sweep.ts';
import { SWEEPS, type SweepName } from '../../shared/edge/sweeps.ts';
import type { DuePart, Store } from '../../shared/store/store.ts';
import { nextRunAfter } from '../time/schedule.ts';

type Run = (scheduledAt: Instant) => Promise<SweepReport | undefined>;

export class SweepTimetable {
  readonly #store: Store;
  readonly #rules: Rules;
  readonly #next: Map<(typeof SWEEPS)[number], Instant>;
  /** The hours, `2004-04-15T14`, in which InMails were sent. */
  readonly #sentInHour = new Set<string>();

  /** `start` is before everything that will be sent. */
  constructor(store: Store, rules: Rules, start: Instant) {
    this.#store = store;
    this.#rules = rules;
    this.#next = new Map(SWEEPS.map((sweep) => [sweep, nextRunAfter(sweep, start)]));
  }

  noteSent(at: Instant): void {
    this.#sentInHour.add(at.slice(0, 13));
  }

  /** When the next sweep is due. */
  nextRunAt(): Instant {
    return this.#nextRun()[1];
  }

  async runUntil(until: Instant): Promise<void> {
    for (let [sweep, at] = this.#nextRun(); at <= until; [sweep, at] = this.#nextRun()) {
      const report = await this.#runs[sweep.name](at);
      if (report && report.failed > 0) throw new Error(`${sweep.name} at ${at}: ${report.failed} failed`);
      this.#next.set(sweep, nextRunAfter(sweep, at));
    }
  }

  #nextRun() {
    return [...this.#next].reduce((one, other) => (other[1] < one[1] ? other : one));
  }

  /** No run is ever missed here, so none looks back. */
  readonly #runs: Record<SweepName, Run> = {
    'renew-wallets': (at) => runSweep(renewSteps, { scheduledAt: at, lookBackHours: 0 }, this.#deps(at)),
    'remind-recipients': (at) => this.#runDue(remindSteps, at),
    'expire-inmails': (at) => this.#runDue(expireSteps, at),
  };

  /** Passed over when nothing was sent in the hours it would look at: it could only find nothing. */
  async #runDue(steps: typeof remindSteps, scheduledAt: Instant): Promise<SweepReport | undefined> {
    const deps = this.#deps(scheduledAt);
    const [part] = steps.partsOf({ until: scheduledAt, lookBackHours: 0 }, deps);
    return part && this.#sentWithin(part) ? runSweep(steps, { scheduledAt, lookBackHours: 0 }, deps) : undefined;
  }

  #sentWithin({ from, to }: DuePart): boolean {
    for (let hour = from; hour.slice(0, 13) <= to.slice(0, 13); hour = plusHours(hour, 1)) {
      if (this.#sentInHour.has(hour.slice(0, 13))) return true;
    }
    return false;
  }

  #deps(now: Instant): Deps {
    return { store: this.#store, rules: this.#rules, now };
  }
}
