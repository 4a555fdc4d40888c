/** A labelled text field with its fault, and a count of characters if there is a limit. */
import { charactersIn } from '../../shared/domain/written-text.ts';

export type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** More than one line makes it a text area. */
  readonly rows?: number;
  /** Characters, counted as people do. A longer text is not cut off, so that its writer sees what is too much. */
  readonly most?: number;
  readonly fault?: string | undefined;
  readonly hint?: string;
  readonly isOptional?: boolean;
};

export function Field({ id, label, value, onInput, rows = 1, most, fault, hint, isOptional = false }: FieldProps) {
  const noteIds = [fault && `${id}-fault`, hint && `${id}-hint`, most && `${id}-count`].filter(Boolean).join(' ');
  const shared = {
    id,
    name: id,
    value,
    required: !isOptional,
    autocomplete: 'off',
    'aria-invalid': fault !== undefined,
    ...(noteIds && { 'aria-describedby': noteIds }),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows > 1 ? (
        <textarea {...shared} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {(hint || most) && (
        <p class="field-notes">
          {hint && <span id={`${id}-hint`}>{hint}</span>}
          {most && <Count id={`${id}-count`} count={charactersIn(value)} most={most} />}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} class="fault">
          {fault}
        </p>
      )}
    </div>
  );
}

type CountProps = { readonly id: string; readonly count: number; readonly most: number };

function Count({ id, count, most }: CountProps) {
  return (
    <span id={id} class={count > most ? 'count fault' : 'count'}>
      {count} of {most.toLocaleString('en')} characters
    </span>
  );
}
