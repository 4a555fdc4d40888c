/** Shows what a step would write, and afterwards compares it with what was written. */
import type { Entry, EntryBody } from '../../../shared/domain/ledger.ts';
import { isAsPreviewed } from '../../ledger/preview.ts';
import { Button } from '../../parts/button.tsx';
import { EntryList } from '../../parts/entry-list.tsx';
import { Result } from '../../parts/result.tsx';
import { nameOf } from '../../words/names.ts';
import type { Shown } from './use-step.ts';

export type StepShownProps = Shown & { readonly onConfirm: () => void; readonly onBack: () => void };

export function StepShown({ step, preview, tail, onConfirm, onBack }: StepShownProps) {
  const doing = step.kind === 'cancel' ? 'Cancel the subscription' : `Put on ${nameOf(step.plan)}`;
  if (preview.kind !== 'writes') {
    return (
      <Result title="This would change nothing">
        <p>
          {preview.kind === 'refused' ? 'There is no subscription to cancel.' : 'The member has this plan already.'}
        </p>
      </Result>
    );
  }
  return (
    <Result title={`${doing}: this would be written`}>
      <EntryList entries={preview.entries} before={beforeIn(preview.entries, tail)} label="Entries it would write" />
      <p class="row">
        <Button kind={step.kind === 'cancel' ? 'danger' : 'primary'} onClick={onConfirm}>
          {doing}
        </Button>
        <Button onClick={onBack}>Leave it as it is</Button>
      </p>
    </Result>
  );
}

export type StepDoneProps = { readonly shown: Shown; readonly written: readonly Entry[] };

export function StepDone({ shown: { preview, tail }, written }: StepDoneProps) {
  const previewed = preview.kind === 'writes' ? preview.entries : [];
  return (
    <Result title="Done: this was written">
      <EntryList entries={written} before={beforeIn(written, tail)} label="Entries that were written" />
      <p>
        {isAsPreviewed(previewed, written)
          ? 'Just as it was shown before, except for the time.'
          : 'Not as it was shown before, because the wallet changed in the meantime.'}
      </p>
    </Result>
  );
}

function beforeIn(entries: readonly Entry[], tail: Entry | undefined) {
  const bySeq = new Map([...(tail ? [tail] : []), ...entries].map((entry) => [entry.seq, entry]));
  return ({ seq }: EntryBody) => bySeq.get(seq - 1);
}
