/** The sweeps of a replay, run at their hours as its time passes. */
import { nextRunAfter } from '../../local/clock/schedule.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { dateOf, dayOfMonth, type Instant, instant, millisOf, plusHours } from '../../shared/domain/instant.ts';
import { renewalDaysOn } from '../../shared/domain/renewals.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { EXPIRY, REMINDER, sentWithin } from '../../shared/sweeps/listings.ts';
import type { SweepReport } from '../../shared/sweeps/worker.ts';

type Sweep = (typeof SWEEPS)[number];

/**
 * Reminders of a replay run at full hours, whatever the definition of the sweep says, because `reminded` of a summary counts
 * so (R15). An InMail answered between its 71 h and the next full hour gets no reminder. Each run reaches back to the last.
 */
const REMINDERS = { everyHours: 1, lookBackHours: 1 } as const;

function nextRunOf(sweep: Sweep, after: Instant): Instant {
  if (sweep.name !== 'remind-recipients') return nextRunAfter(sweep, after);
  const periodMillis = REMINDERS.everyHours * 3_600_000;
  return instant((Math.floor(millisOf(after) / periodMillis) + 1) * periodMillis);
}

const lookBackHoursOf = ({ name }: Sweep): number => (name === 'remind-recipients' ? REMINDERS.lookBackHours : 0);

/** Does a sweep's work, at the time it was scheduled for. */
export type RunSweep = (message: ListingMessage) => Promise<SweepReport>;

export class SweepTimetable {
  readonly #rules: Rules;
  readonly #runSweep: RunSweep;
  readonly #next: Map<Sweep, Instant>;
  /** The hours, `2004-04-15T14`, in which InMails were sent. */
  readonly #sentInHour = new Set<string>();
  /** The days of the month on which a wallet may renew: R4's 1st, and those of subscriptions (R3). */
  readonly #renewalDays = new Set([1]);

  /** `start` is before everything that will be sent. */
  constructor(rules: Rules, start: Instant, runSweep: RunSweep) {
    this.#rules = rules;
    this.#runSweep = runSweep;
    this.#next = new Map(SWEEPS.map((sweep) => [sweep, nextRunOf(sweep, start)]));
  }

  noteSent(at: Instant): void {
    this.#sentInHour.add(at.slice(0, 13));
  }

  noteSubscribed(at: Instant): void {
    this.#renewalDays.add(dayOfMonth(dateOf(at)));
  }

  /** When the next sweep is due. */
  nextRunAt(): Instant {
    return this.#nextRun()[1];
  }

  /** No run is missed here, so none looks back further than to the last. */
  async runUntil(until: Instant): Promise<void> {
    for (let [sweep, at] = this.#nextRun(); at <= until; [sweep, at] = this.#nextRun()) {
      if (this.#maySeeSomething(sweep, at)) {
        const message = { sweep: sweep.name, scheduledAt: at, lookBackHours: lookBackHoursOf(sweep) };
        const { failed } = await this.#runSweep(message);
        if (failed > 0) throw new Error(`${sweep.name} at ${at}: ${failed} failed`);
      }
      this.#next.set(sweep, nextRunOf(sweep, at));
    }
  }

  #nextRun() {
    return [...this.#next].reduce((one, other) => (other[1] < one[1] ? other : one));
  }

  /** A run is passed over when it could only find nothing: no wallet renews that day, or nothing was sent in its hours. */
  #maySeeSomething(sweep: Sweep, at: Instant): boolean {
    if (sweep.name === 'renew-wallets') return renewalDaysOn(dateOf(at)).some((day) => this.#renewalDays.has(day));
    const deadline = [REMINDER, EXPIRY].find((one) => one.sweep.name === sweep.name);
    if (!deadline) return true;
    const window = { until: at, lookBackHours: lookBackHoursOf(sweep) };
    const { from, to } = sentWithin(deadline, window, this.#rules);
    for (let hour = from; hour.slice(0, 13) <= to.slice(0, 13); hour = plusHours(hour, 1)) {
      if (this.#sentInHour.has(hour.slice(0, 13))) return true;
    }
    return false;
  }
}
