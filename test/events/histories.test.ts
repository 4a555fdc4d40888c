import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { isAnswered } from '../../shared/domain/inmail.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfRecord } from '../../shared/events/from-record.ts';
import { histories, play } from '../domain/histories.ts';
import { appended, inmailRecord } from './records.ts';

const RUNS = { numRuns: 60 };

/** A consumer that follows our advice: it knows the ids it has had, and orders a wallet by `seq`. */
class Consumer {
  readonly #seen = new Map<string, DomainEvent>();

  take(events: readonly DomainEvent[]): void {
    for (const event of events) {
      const before = this.#seen.get(event.eventId);
      if (before) expect(event).toEqual(before);
      this.#seen.set(event.eventId, event);
    }
  }

  get events(): DomainEvent[] {
    return [...this.#seen.values()];
  }

  /** By wallet, in the order of `seq`. */
  get movements() {
    const movements = this.events.flatMap((event) => ('delta' in event ? [event] : []));
    const wallets = Map.groupBy(movements, ({ walletId }) => walletId);
    return new Map([...wallets].map(([id, all]) => [id, all.toSorted((one, other) => one.seq - other.seq)]));
  }
}

/** Each event twice, in any order, which is worse than a stream ever is. */
const delivered = (count: number) => {
  const twice = Array.from({ length: 2 * count }, (_, index) => index % count);
  return fc.shuffledSubarray(twice, { minLength: 2 * count });
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('every history, however it is delivered', () => {
  it('a consumer that drops duplicates has 1…n of every wallet, and its balance (I19)', () => {
    fc.assert(
      fc.property(
        histories().chain((history) => {
          const entries = play(history).books().entries;
          return fc.tuple(fc.constant(entries), delivered(entries.length));
        }),
        ([entries, order]) => {
          const consumer = new Consumer();
          for (const index of order) consumer.take(eventsOfRecord(appended(entries[index] as Entry), RULES));
          const ledgers = Map.groupBy(entries, ({ walletId }) => walletId);
          expect([...consumer.movements.keys()].sort()).toEqual([...ledgers.keys()].sort());
          for (const [walletId, movements] of consumer.movements) {
            const ledger = ledgers.get(walletId) ?? [];
            expect(movements.map(({ seq }) => seq)).toEqual(ledger.map((_, index) => index + 1));
            expect(sum(movements.map(({ delta }) => delta))).toBe(ledger.at(-1)?.balance);
          }
        },
      ),
      RUNS,
    );
  });

  it('every forfeit is told once, with its cause', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { entries } = play(history).books();
        const events = entries.flatMap((entry) => eventsOfRecord(appended(entry), RULES));
        const told = events.flatMap((event) => (event.type === 'CreditsForfeited' ? [event.forfeited] : []));
        expect(sum(told)).toBe(sum(entries.map(({ forfeited }) => forfeited)));
        expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
      }),
      RUNS,
    );
  });

  it('the end of every InMail is told once, and its expiry before a late answer of the recipient', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { inmails } = play(history, { sweeping: true }).books();
        const events = inmails.flatMap((inmail) => {
          const {
            response: _,
            credit: __,
            creditReason: ___,
            ...sent
          } = { response: 0, credit: 0, creditReason: 0, ...inmail };
          return eventsOfRecord(inmailRecord(inmail, { ...sent, status: 'pending' } as never), RULES);
        });
        // It is as if no job had run, so one change tells both of a late answer.
        const ended = inmails.flatMap((inmail) => {
          if (!isAnswered(inmail)) return inmail.status === 'expired' ? [`${inmail.inmailId}#expired`] : [];
          const isLate = inmail.creditReason === 'late';
          return [...(isLate ? [`${inmail.inmailId}#expired`] : []), `${inmail.inmailId}#answered`];
        });
        expect(events.map(({ eventId }) => eventId)).toEqual(ended);
      }),
      RUNS,
    );
  });
});
