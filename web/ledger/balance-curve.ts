/** The balance over time. The past is from the ledger, and the future follows from the rules if nothing happens. */
import { partsOfInMailId } from '../../shared/domain/inmail.ts';
import { earlierOf, type Instant } from '../../shared/domain/instant.ts';
import type { Entry, EntryBody } from '../../shared/domain/ledger.ts';
import { type Rules, returnableUntil } from '../../shared/domain/rules.ts';
import { renewalsDue } from '../../shared/domain/wallet.ts';
import { sentenceOf } from '../words/entry-sentence.ts';

/** A moment of the curve. From `at` on, the balance is `balance`. */
export type Step = {
  /** Unique in a list of steps. */
  readonly id: string;
  readonly at: Instant;
  readonly balance: number;
  /** A send has no mark, because the curve itself shows it. */
  readonly marks: readonly Mark[];
  readonly sentence: string;
};

export type Mark = 'renewal' | 'return' | 'loss';

/** Both lists are oldest first. The future follows the past at `now`. */
export type Curve = {
  readonly now: Instant;
  readonly until: Instant;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
};

export type Span = { readonly now: Instant; readonly until: Instant };

/** `entries` are the newest of a wallet, in any order. Renewals that are due stand among them (R6). Undefined without entries. */
export function curveOf(entries: readonly Entry[], { now, until }: Span, rules: Rules): Curve | undefined {
  const written = entries.toSorted((one, other) => one.seq - other.seq);
  const tail = written.at(-1);
  if (!tail) return undefined;
  const coming = renewalsDue(tail, until, rules);
  const all = [...written, ...coming];
  const losses = lossesIn(written, rules).map(({ id, at, sentence }) => {
    const balance = all.findLast((entry) => entry.at <= at)?.balance ?? tail.balance;
    return { id, at, balance, marks: ['loss'], sentence } satisfies Step;
  });
  // The sort is stable: entries of one instant stay in the order of the ledger, and a loss comes after them.
  const steps = [...all.map((entry, index) => stepOf(entry, all[index - 1])), ...losses].toSorted((one, other) =>
    one.at < other.at ? -1 : Number(one.at > other.at),
  );
  return {
    now,
    until,
    past: steps.filter(({ at }) => at <= now),
    future: steps.filter(({ at }) => at > now && at <= until),
  };
}

function stepOf(entry: EntryBody, before: EntryBody | undefined): Step {
  const { seq, at, balance, delta, forfeited, type } = entry;
  // A change of plan brings the new allotment, even if it takes more than it brings.
  const isGain = delta > 0 || type === 'plan-changed';
  const gain: Mark = type === 'returned' ? 'return' : 'renewal';
  const marks = [...(isGain ? [gain] : []), ...(forfeited > 0 ? (['loss'] as const) : [])];
  return { id: `${seq}`, at, balance, marks, sentence: sentenceOf(entry, before) };
}

type Loss = Pick<Step, 'id' | 'at' | 'sentence'>;

/**
 * R13, R16: a spent credit that has not come back is lost when its window closes, or when the term that paid ends. The
 * ledger has no entry for it, because the balance does not change.
 */
function lossesIn(written: readonly Entry[], rules: Rules): Loss[] {
  const returned = new Set(written.filter(({ type }) => type === 'returned').map(({ inmailId }) => inmailId));
  return written
    .filter(({ type, inmailId }) => type === 'sent' && !returned.has(inmailId))
    .map(({ at, seq, term, inmailId = '' }) => {
      const windowEnd = returnableUntil(at, rules);
      const termEnd = written.find((entry) => entry.seq > seq && entry.term > term)?.at;
      const recipientId = partsOfInMailId(inmailId)?.recipientId ?? 'its recipient';
      const why = termEnd !== undefined && termEnd < windowEnd ? 'The plan that paid ended' : 'The 90 days ended';
      return {
        id: `lost ${inmailId}`,
        at: termEnd === undefined ? windowEnd : earlierOf(termEnd, windowEnd),
        sentence: `${why}, so the credit of the InMail to ${recipientId} can no longer come back.`,
      };
    });
}
