/** Knows the runs of the sweeps that are done, and the next run. */

import type { NamedSweep, SweepName } from '../../shared/contract/sweeps.ts';
import { type Instant, instant, laterOf, millisOf, plusMillis } from '../../shared/domain/instant.ts';
import type { Agenda } from './agenda.ts';
import { nextRunAfter, periodMillisOf } from './schedule.ts';

export type ScheduleState = {
  readonly enabled: boolean;
  /** The last run that succeeded or was passed over. All work up to this instant is done. */
  readonly lastRunAt: Instant;
  /** Scheduled times up to this one are over. Their runs succeeded, failed or were left out while switched off. */
  readonly passedAt: Instant;
};

export type ScheduleStates = Readonly<Record<SweepName, ScheduleState>>;
export type Scheduled = { readonly sweep: NamedSweep; readonly scheduledAt: Instant };

const MILLIS_PER_HOUR = 3_600_000;

export class Timetable {
  readonly #sweeps: readonly NamedSweep[];
  readonly #states: Record<SweepName, ScheduleState>;

  /** In a new system nothing is due before `now`. */
  constructor(sweeps: readonly NamedSweep[], now: Instant, states?: ScheduleStates) {
    this.#sweeps = sweeps;
    const fresh = sweeps.map(({ name }) => [name, { enabled: true, lastRunAt: now, passedAt: now }]);
    this.#states = { ...Object.fromEntries(fresh), ...states };
  }

  states(): ScheduleStates {
    return { ...this.#states };
  }

  /** A sweep that is switched on again runs at its next scheduled time. That run looks back over all missed runs. */
  setEnabled(name: SweepName, enabled: boolean, now: Instant): void {
    const { passedAt, ...state } = this.#states[name];
    this.#states[name] = { ...state, enabled, passedAt: laterOf(passedAt, now) };
  }

  /** The first run of any sweep that finds work. Undefined if that run is later than `until`. */
  next(agenda: Agenda, until: Instant): Scheduled | undefined {
    let first: Scheduled | undefined;
    for (const sweep of this.#enabled()) {
      const scheduledAt = this.#nextRun(sweep, agenda);
      if (scheduledAt && scheduledAt < (first?.scheduledAt ?? '~') && scheduledAt <= until)
        first = { sweep, scheduledAt };
    }
    return first;
  }

  #nextRun(sweep: NamedSweep, agenda: Agenda): Instant | undefined {
    const { lastRunAt, passedAt } = this.#states[sweep.name];
    const dueAt = agenda(sweep.name, lastRunAt);
    return dueAt && nextRunAfter(sweep, laterOf(passedAt, instant(millisOf(dueAt) - 1)));
  }

  /** Makes up only for the last of the runs that a stopped system missed, because it looks back over the others. */
  mergeMissed(now: Instant): void {
    for (const sweep of this.#enabled()) {
      const { passedAt, ...state } = this.#states[sweep.name];
      const lastMissed = plusMillis(nextRunAfter(sweep, now), -periodMillisOf(sweep));
      this.#states[sweep.name] = { ...state, passedAt: laterOf(passedAt, instant(millisOf(lastMissed) - 1)) };
    }
  }

  /** True if a scheduled time has come, with work or without. */
  isAnyDue(now: Instant): boolean {
    return this.#enabled().some((sweep) => nextRunAfter(sweep, this.#states[sweep.name].passedAt) <= now);
  }

  /** A run looks back this far beyond its own period, to cover all time since the last run. */
  lookBackHours({ sweep, scheduledAt }: Scheduled): number {
    const sinceMillis = millisOf(scheduledAt) - millisOf(this.#states[sweep.name].lastRunAt);
    return Math.max(0, Math.ceil((sinceMillis - periodMillisOf(sweep)) / MILLIS_PER_HOUR));
  }

  /** A failed run is over, too, but its work is not done. So the next run looks back over it. */
  finish({ sweep, scheduledAt }: Scheduled, outcome: 'succeeded' | 'failed'): void {
    const { enabled, lastRunAt } = this.#states[sweep.name];
    const doneAt = outcome === 'succeeded' ? scheduledAt : lastRunAt;
    this.#states[sweep.name] = { enabled, lastRunAt: doneAt, passedAt: scheduledAt };
  }

  /** Counts a sweep's scheduled times before `before` as done, because they have no work. Returns their number. */
  passOver(sweep: NamedSweep, before: Instant): number {
    const { enabled, passedAt } = this.#states[sweep.name];
    const periodMillis = periodMillisOf(sweep);
    const first = millisOf(nextRunAfter(sweep, passedAt));
    const last = millisOf(nextRunAfter(sweep, instant(millisOf(before) - 1))) - periodMillis;
    if (last < first) return 0;
    this.#states[sweep.name] = { enabled, lastRunAt: instant(last), passedAt: instant(last) };
    return (last - first) / periodMillis + 1;
  }

  /** Counts all scheduled times until `until` as done. */
  passOverAll(until: Instant): number {
    const before = instant(millisOf(until) + 1);
    return this.#enabled().reduce((count, sweep) => count + this.passOver(sweep, before), 0);
  }

  #enabled(): NamedSweep[] {
    return this.#sweeps.filter(({ name }) => this.#states[name].enabled);
  }
}
