/** Selects entries by their type and between two days. */
import { ENTRY_TYPES, type EntryType } from '../../../shared/domain/ledger.ts';
import { type Filter, NO_FILTER } from '../../ledger/filter.ts';
import { Button } from '../../parts/button.tsx';
import { TYPE_NAMES } from '../../words/entry-sentence.ts';

export type FilterFormProps = { readonly filter: Filter; readonly onChange: (filter: Filter) => void };

export function FilterForm({ filter, onChange }: FilterFormProps) {
  const isFiltering = filter.type !== 'all' || filter.from !== '' || filter.to !== '';
  return (
    <fieldset class="form form-line">
      <legend>Show</legend>
      <div class="field">
        <label for="filter-type">Type</label>
        <select
          id="filter-type"
          value={filter.type}
          onChange={(event) => onChange({ ...filter, type: event.currentTarget.value as EntryType | 'all' })}
        >
          <option value="all">All</option>
          {ENTRY_TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_NAMES[type]}
            </option>
          ))}
        </select>
      </div>
      <DayField
        id="filter-from"
        label="From (UTC)"
        value={filter.from}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <DayField id="filter-to" label="To (UTC)" value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
      {isFiltering && <Button onClick={() => onChange(NO_FILTER)}>Show all</Button>}
    </fieldset>
  );
}

type DayFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
};

function DayField({ id, label, value, onChange }: DayFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </div>
  );
}
