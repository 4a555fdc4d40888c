/** Which entries of a statement are shown, and how to say what is not. */
import { dateOf } from '../../shared/domain/instant.ts';
import type { Entry, EntryType } from '../../shared/domain/ledger.ts';

/** Days in UTC, as the rules count them, both included; empty for no bound. */
export type Filter = { readonly type: EntryType | 'all'; readonly from: string; readonly to: string };

export const NO_FILTER: Filter = { type: 'all', from: '', to: '' };

export const isShown = ({ type, from, to }: Filter, entry: Entry): boolean =>
  (type === 'all' || entry.type === type) &&
  (from === '' || dateOf(entry.at) >= from) &&
  (to === '' || dateOf(entry.at) <= to);

/** Undefined where nothing is hidden. */
export function hiddenInWords(shown: number, loaded: number): string | undefined {
  const hidden = loaded - shown;
  if (hidden === 0) return undefined;
  const entries = hidden === 1 ? '1 entry' : `${hidden} entries`;
  return `The filter hides ${entries} of the ${loaded} loaded; balances are still those of the whole statement.`;
}
