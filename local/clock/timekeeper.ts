/**
 * Runs the sweeps by the local clock, as EventBridge Scheduler does by the real one, and moves that clock.
 *
 * Runs that would find nothing are passed over. That is safe because no balance waits for a sweep (R6), every write is
 * conditional, and the agenda knows all future work. A pending InMail or an active subscription settles its future work when
 * it is written. No request writes while the clock moves.
 */

import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import type { SweepName } from '../../shared/contract/sweeps.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { SweepReport } from '../../shared/sweeps/worker.ts';
import type { Agenda } from './agenda.ts';
import type { ClockState, LocalClock } from './clock.ts';
import type { Gate } from './gate.ts';
import type { Scheduled, ScheduleStates, Timetable } from './timetable.ts';

export type Run = { readonly sweep: SweepName; readonly scheduledAt: Instant } & (
  | { readonly report: SweepReport }
  | { readonly error: string }
);

/** `passedOver` counts the runs that were left out because they would have found nothing. */
export type Moved = { readonly now: Instant; readonly ran: readonly Run[]; readonly passedOver: number };

export type TimekeeperParts = {
  readonly clock: LocalClock;
  readonly timetable: Timetable;
  readonly gate: Gate;
  readonly runSweep: (message: ListingMessage) => Promise<SweepReport>;
  readonly readAgenda: () => Promise<Agenda>;
  readonly save: (state: ClockState & { readonly schedules: ScheduleStates }) => void;
};

const TICK_MILLIS = 1_000;
/** All runs of ten years, the longest move. A day has 96 runs of the reminders and one run of each of the two others. */
const MAX_RUNS = 10 * 366 * (96 + 2);

export class Timekeeper {
  readonly #parts: TimekeeperParts;
  /** The end of the last task in the line, because tasks run one at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: TimekeeperParts) {
    this.#parts = parts;
    this.#save();
  }

  now(): Instant {
    return this.#parts.clock.now();
  }

  schedules(): ScheduleStates {
    return this.#parts.timetable.states();
  }

  /** Makes the runs that fell due while the system was down, and then each run at its time. */
  start(): void {
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), TICK_MILLIS);
    this.#timer.unref();
  }

  /** Waits for the run under way. A move ends after that run, and the clock stays at its instant. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#turn;
    this.#save();
  }

  setEnabled(name: SweepName, enabled: boolean): Promise<void> {
    return this.inTurn(async () => {
      const { timetable } = this.#parts;
      if (timetable.states()[name].enabled === enabled) return;
      timetable.setEnabled(name, enabled, this.now());
      this.#save();
    });
  }

  /** Runs a sweep outside its schedule, as an operator can on AWS. */
  runNow(message: ListingMessage): Promise<SweepReport> {
    return this.inTurn(() => this.#parts.runSweep(message));
  }

  /** Moves the clock and makes the scheduled runs on the way. `targetOf` gets the time at which the move begins. */
  move(targetOf: (now: Instant) => Instant): Promise<Moved> {
    return this.inTurn(() => this.#parts.gate.whileClosed(() => this.#moveTo(targetOf(this.now()))));
  }

  async #moveTo(target: Instant): Promise<Moved> {
    const { clock } = this.#parts;
    clock.standAt(this.now());
    try {
      const done = await this.#runUntil(target, (scheduledAt) => clock.standAt(scheduledAt));
      if (!this.#stopping) clock.standAt(target);
      return { now: this.now(), ...done };
    } finally {
      clock.goOn();
      this.#save();
    }
  }

  #tick(): void {
    if (this.#waiting > 0 || !this.#parts.timetable.isAnyDue(this.now())) return;
    this.inTurn(() => this.#runUntil(this.now())).catch((error: unknown) => console.error(`local clock: ${error}`));
  }

  /** Makes every run that finds work, in order. It calls `arrive` before each run. */
  async #runUntil(until: Instant, arrive?: (scheduledAt: Instant) => void): Promise<Omit<Moved, 'now'>> {
    const { timetable, readAgenda } = this.#parts;
    const agenda = await readAgenda();
    timetable.mergeMissed(this.now());
    const ran: Run[] = [];
    let passedOver = 0;
    for (let runs = 0; runs < MAX_RUNS && !this.#stopping; runs += 1) {
      const next = timetable.next(agenda, until);
      if (!next) break;
      passedOver += timetable.passOver(next.sweep, next.scheduledAt);
      arrive?.(next.scheduledAt);
      ran.push(await this.#run(next));
    }
    if (!this.#stopping) passedOver += timetable.passOverAll(until);
    this.#save();
    return { ran, passedOver };
  }

  async #run(scheduled: Scheduled): Promise<Run> {
    const { timetable, runSweep } = this.#parts;
    const { sweep, scheduledAt } = scheduled;
    // The time is saved before the run, so that a crash cannot leave books that are ahead of the clock.
    this.#save();
    const run = { sweep: sweep.name, scheduledAt };
    try {
      const report = await runSweep({
        sweep: sweep.name,
        scheduledAt,
        lookBackHours: timetable.lookBackHours(scheduled),
      });
      timetable.finish(scheduled, 'succeeded');
      return { ...run, report };
    } catch (error) {
      timetable.finish(scheduled, 'failed');
      console.error(`${sweep.name} at ${scheduledAt}: ${error}`);
      return { ...run, error: String(error) };
    }
  }

  /** Runs and all other work of the sweeps are done one at a time. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const done = this.#turn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = done.catch(() => {});
    return done;
  }

  #save(): void {
    const { clock, timetable, save } = this.#parts;
    save({ ...clock.state(), schedules: timetable.states() });
  }
}
