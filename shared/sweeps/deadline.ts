/** A worker's way to handle an InMail that came to its time. */
import type { Deadline, Waiting } from '../domain/deadlines.ts';
import type { Instant } from '../domain/instant.ts';
import type { Rules } from '../domain/rules.ts';
import { commit } from '../store/commit.ts';
import { type InMailKey, LostRaceError, type Store } from '../store/store.ts';
import type { Handled, HandleKey } from './worker.ts';

type Decide = (waiting: Waiting, now: Instant, rules: Rules) => Deadline;

/**
 * It costs one conditional update in the usual case. Only the message's id is trusted. Its `sentAt` is a guess, and the
 * write succeeds only if the InMail has the same. Otherwise the InMail is read and judged.
 */
export const handleDeadline =
  (decide: Decide): HandleKey<InMailKey> =>
  async (key, { store, rules, now }) => {
    const guess = decide({ ...key, status: 'pending' }, now, rules);
    if (guess.kind === 'due' && (await isWritten(guess, store))) return written(guess);
    const inmail = await store.inmails.get(key);
    const seen = inmail ? decide(inmail, now, rules) : { kind: 'nothing-due' as const };
    if (seen.kind === 'left-out') return { leftOut: 1 };
    if (seen.kind === 'nothing-due') return { overtaken: 1 };
    await commit(store, [seen.change]);
    return written(seen);
  };

type Due = Extract<Deadline, { kind: 'due' }>;

const written = ({ dueAt }: Due): Handled => ({ written: 1, oldestDueAt: dueAt });

/** False if the condition failed, or if two writes met. Only a look at the InMail tells which. */
async function isWritten({ change }: Due, store: Store): Promise<boolean> {
  try {
    await commit(store, [change]);
    return true;
  } catch (error) {
    if (error instanceof LostRaceError) return false;
    throw error;
  }
}
