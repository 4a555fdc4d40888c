import { dateOf, datesBetween, type Instant } from '../domain/instant.ts';
import { DUE_SHARDS } from './keys.ts';
import type { DuePart } from './store.ts';

/** The parts of the index `due` that hold InMails sent from `from` to `to`, both included. */
export function duePartsOf(from: Instant, to: Instant): DuePart[] {
  return datesBetween(dateOf(from), dateOf(to)).flatMap((sentOn) =>
    Array.from({ length: DUE_SHARDS }, (_, shard) => ({ sentOn, shard, from, to })),
  );
}
