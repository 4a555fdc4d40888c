import { dateOf, datesBetween, type Instant } from '../domain/instant.ts';
import type { DuePart } from './store.ts';

/** The parts of the index `due`, in some of its shards, that hold InMails sent from `from` to `to`, both included. */
export function duePartsOf(from: Instant, to: Instant, shards: readonly number[]): DuePart[] {
  return datesBetween(dateOf(from), dateOf(to)).flatMap((sentOn) =>
    shards.map((shard) => ({ sentOn, shard, from, to })),
  );
}
