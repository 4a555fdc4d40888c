/** The form of a new InMail. Its text stays through every refusal. */
import { useState } from 'preact/hooks';
import type { components } from '../../../client/api.ts';
import { BODY, SUBJECT } from '../../../shared/domain/written-text.ts';
import { Button } from '../../parts/button.tsx';
import { CreditsBadge } from '../../parts/credits-badge.tsx';
import { Field } from '../../parts/field.tsx';
import { type Draft, type DraftFaults, faultsFrom, faultsOf } from '../../words/draft-faults.ts';
import { nameOf } from '../../words/names.ts';
import { Refused } from './refused.tsx';
import { SentNote } from './sent-note.tsx';
import { useSending } from './use-sending.ts';

type Credits = components['schemas']['Credits'];
type Product = Credits['product'];

const EMPTY: Draft = { recipientId: '', subject: '', body: '' };

export type ComposeFormProps = {
  /** Those of all products. One of them has an active plan when the form is first shown. */
  readonly credits: readonly Credits[];
  /** Called after anything that may have changed the credits. */
  readonly onChanged: () => void;
};

export function ComposeForm({ credits, onChanged }: ComposeFormProps) {
  const [product, setProduct] = useState(credits.find(canPay)?.product);
  const [draft, setDraft] = useState(EMPTY);
  const [faults, setFaults] = useState<DraftFaults>({});
  const { isSending, problem, sent, send, edited, startAnew } = useSending();
  const chosen = credits.find((one) => one.product === product);
  const offered = credits.filter((one) => canPay(one) || one === chosen);

  function edit(change: Partial<Draft>): void {
    if (isSending) return;
    setDraft({ ...draft, ...change });
    setFaults({});
    edited();
  }

  function choose(next: Product): void {
    setProduct(next);
    edit({});
  }

  function writeAnother(): void {
    setDraft(EMPTY);
    startAnew();
  }

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    const [first] = Object.keys(found);
    if (first) document.getElementById(first)?.focus();
    else if (chosen) {
      await send(chosen.product, draft);
      onChanged();
    }
  }

  const refused = problem?.slug === 'invalid-request' ? faultsFrom(problem.errors) : {};
  const shownFaults = { ...refused, ...faults };
  return (
    <>
      <div class="in-sight">{chosen && <CreditsBadge {...(sent?.credits ?? chosen)} />}</div>
      {sent ? (
        <SentNote answer={sent} onAnother={writeAnother} />
      ) : (
        <form class="form" noValidate onSubmit={submit}>
          {problem && (
            <Refused problem={problem} pendingReturns={chosen?.pendingReturns ?? []} onAgain={() => void submit()} />
          )}
          <ProductField credits={offered} product={product} onChange={choose} />
          <DraftFields draft={draft} faults={shownFaults} onEdit={edit} />
          <div>
            <Button kind="primary" isBusy={isSending}>
              Send for one credit
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** The chosen product stays on offer when its plan ends. No other product without a plan is offered. */
const canPay = ({ plan }: Credits): boolean => plan !== null;

type ProductFieldProps = {
  readonly credits: readonly Credits[];
  readonly product: Product | undefined;
  readonly onChange: (product: Product) => void;
};

function ProductField({ credits, product, onChange }: ProductFieldProps) {
  return (
    <div class="field">
      <label for="product">Product that pays</label>
      <select id="product" value={product} onChange={(event) => onChange(event.currentTarget.value as Product)}>
        {credits.map((one) => (
          <option key={one.product} value={one.product}>
            {nameOf(one.product)} ({canPay(one) ? `${one.balance} left` : 'no active plan'})
          </option>
        ))}
      </select>
    </div>
  );
}

type DraftFieldsProps = {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onEdit: (change: Partial<Draft>) => void;
};

function DraftFields({ draft, faults, onEdit }: DraftFieldsProps) {
  return (
    <>
      <Field
        id="recipientId"
        label="Recipient"
        hint="The member id of the recipient"
        value={draft.recipientId}
        fault={faults.recipientId}
        onInput={(recipientId) => onEdit({ recipientId })}
      />
      <Field
        id="subject"
        label="Subject"
        value={draft.subject}
        most={SUBJECT.maxCharacters}
        fault={faults.subject}
        onInput={(subject) => onEdit({ subject })}
      />
      <Field
        id="body"
        label="Message"
        rows={8}
        value={draft.body}
        most={BODY.maxCharacters}
        fault={faults.body}
        onInput={(body) => onEdit({ body })}
      />
    </>
  );
}
