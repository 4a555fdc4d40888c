/** Ledger entries as people read them: the event in a sentence, its rule, and its effect on the balance. */
import type { EntryBody } from '../../shared/domain/ledger.ts';
import { RULE_SAYS, sentenceOf, TYPE_NAMES } from '../words/entry-sentence.ts';
import { Time } from './time.tsx';

export type EntryListProps = {
  readonly entries: readonly EntryBody[];
  /** The entry before this one in the same wallet, if it is known. */
  readonly before: (entry: EntryBody) => EntryBody | undefined;
  /** Names the list for those who hear the page. */
  readonly label: string;
  /** The number of an entry to highlight. */
  readonly marked?: number | undefined;
};

export function EntryList({ entries, before, label, marked }: EntryListProps) {
  return (
    <ul class="plain entries" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.seq} class={entry.seq === marked ? 'entry entry-marked' : 'entry'}>
          <p>
            <span class={`tag tag-${entry.type}`}>{TYPE_NAMES[entry.type]}</span> {sentenceOf(entry, before(entry))}
          </p>
          <Figures entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function Figures({ entry }: { readonly entry: EntryBody }) {
  const { seq, at, delta, balance, forfeited, rule, type } = entry;
  return (
    <dl class="figures">
      <Figure name="No." value={seq} />
      <div>
        <dt>When</dt>
        <dd>
          <Time at={at} />
        </dd>
      </div>
      <Figure name="Change" value={signed(delta)} />
      <Figure name="Forfeited" value={forfeited} />
      <Figure name="Balance" value={balance} />
      <div>
        <dt>Rule</dt>
        <dd>
          <abbr title={RULE_SAYS[type]}>{rule}</abbr>
        </dd>
      </div>
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number | string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Writes a true minus, because it is as wide as the plus. */
const signed = (delta: number): string => (delta > 0 ? `+${delta}` : `${delta}`.replace('-', '−'));
