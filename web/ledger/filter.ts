/** Selects the entries of a statement to show, and tells how many it hides. */
import { dateOf } from '../../shared/domain/instant.ts';
import type { Entry, EntryType } from '../../shared/domain/ledger.ts';
import { countInWords } from '../words/names.ts';

/** `from` and `to` are days in UTC, as the rules count them, and both included. An empty one is no bound. */
export type Filter = { readonly type: EntryType | 'all'; readonly from: string; readonly to: string };

export const NO_FILTER: Filter = { type: 'all', from: '', to: '' };

export const isShown = ({ type, from, to }: Filter, entry: Entry): boolean =>
  (type === 'all' || entry.type === type) &&
  (from === '' || dateOf(entry.at) >= from) &&
  (to === '' || dateOf(entry.at) <= to);

/** Undefined if nothing is hidden. */
export function hiddenInWords(shown: number, loaded: number): string | undefined {
  const hidden = loaded - shown;
  if (hidden === 0) return undefined;
  return `The filter hides ${countInWords(hidden, 'entry', 'entries')} of the ${loaded} loaded. Balances are still those of the whole statement.`;
}
