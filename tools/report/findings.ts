/** The report gives counts, and the first faults. It is as small for millions of wallets as for a few. */
import { COMPLETENESS_FAULTS, type CompletenessFault, type Period } from '../../shared/domain/completeness.ts';
import { type DateOnly, dateInMonth, type Instant } from '../../shared/domain/instant.ts';
import type { Inspection } from './inspect.ts';

type FaultCounts = Readonly<Record<CompletenessFault['kind'], number>>;

export type Report = {
  readonly month: string;
  readonly asOf: Instant;
  /** Renewals due by then must be written. Later ones that are not written count as `notYet`. */
  readonly writtenUntil: Instant;
  readonly wallets: number;
  readonly activeSubscriptions: number;
  readonly dueDates: number;
  readonly written: number;
  readonly notYet: number;
  readonly faults: FaultCounts;
  /** The oldest due date that is not written and should be. */
  readonly oldestUnwritten?: { readonly walletId: string; readonly dueOn: DateOnly };
  readonly first: readonly CompletenessFault[];
};

/** More than anyone reads. The report says how many more there are. */
const MAX_FAULTS_LISTED = 100;

export class Findings {
  readonly #period: Period;
  #counts = { wallets: 0, activeSubscriptions: 0, dueDates: 0, written: 0, notYet: 0 };
  readonly #faults = Object.fromEntries(COMPLETENESS_FAULTS.map((kind) => [kind, 0])) as Record<
    CompletenessFault['kind'],
    number
  >;
  readonly #first: CompletenessFault[] = [];
  #oldest: Report['oldestUnwritten'];

  constructor(period: Period) {
    this.#period = period;
  }

  addWallet({ walletId, dueDates, written, notYet, faults, behindSince }: Inspection): void {
    this.#counts.wallets += 1;
    this.#counts.dueDates += dueDates;
    this.#counts.written += written;
    this.#counts.notYet += notYet;
    for (const fault of faults) this.addFault(fault);
    if (behindSince && behindSince < (this.#oldest?.dueOn ?? '~')) this.#oldest = { walletId, dueOn: behindSince };
  }

  addFault(fault: CompletenessFault): void {
    this.#faults[fault.kind] += 1;
    if (this.#first.length < MAX_FAULTS_LISTED) this.#first.push(fault);
  }

  addActive(subscriptions: number): void {
    this.#counts.activeSubscriptions += subscriptions;
  }

  report(): Report {
    return {
      month: dateInMonth(this.#period.month, 1).slice(0, 7),
      asOf: this.#period.until,
      writtenUntil: this.#period.writtenUntil,
      ...this.#counts,
      faults: { ...this.#faults },
      ...(this.#oldest && { oldestUnwritten: this.#oldest }),
      first: [...this.#first],
    };
  }
}

export const faultCount = ({ faults }: Report): number => Object.values(faults).reduce((sum, count) => sum + count, 0);
