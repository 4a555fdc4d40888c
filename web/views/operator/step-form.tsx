/** Subscribes, changes plan and cancels. It first shows what a step would write, and then what it wrote. */
import { useState } from 'preact/hooks';
import { CATALOGUE } from '../../../shared/domain/plans.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { nameOf } from '../../words/names.ts';
import { StepDone, StepShown } from './step-notes.tsx';
import { type StepOptions, useStep } from './use-step.ts';

export type StepFormProps = StepOptions & {
  /** The current plan, or null if there is none. */
  readonly plan: string | null;
};

export function StepForm({ wallet, hasLedger, plan, onChanged }: StepFormProps) {
  const { memberId, product } = wallet;
  const { state, show, confirm, back } = useStep({ wallet, hasLedger, onChanged });
  const isBusy = state.at === 'working';
  const plans = [...CATALOGUE.values()].filter((one) => one.product === product).map((one) => one.plan);
  const [chosen, setChosen] = useState(plans.find((name) => name !== plan) ?? '');
  const selectId = `plan-${product}`;
  return (
    <>
      <fieldset class="form form-line" aria-busy={isBusy}>
        <legend>
          Change {nameOf(product)} of {memberId}
        </legend>
        <div class="field">
          <label for={selectId}>Plan</label>
          <select
            id={selectId}
            value={chosen}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
              back();
            }}
          >
            {plans.map((name) => (
              <option key={name} value={name}>
                {nameOf(name)}
                {name === plan ? ' (current)' : ''}
              </option>
            ))}
          </select>
        </div>
        <Button onClick={() => void show({ kind: 'put', plan: chosen })} isBusy={isBusy}>
          {plan === null ? 'Subscribe …' : 'Change plan …'}
        </Button>
        {plan !== null && (
          <Button onClick={() => void show({ kind: 'cancel' })} isBusy={isBusy}>
            Cancel subscription …
          </Button>
        )}
      </fieldset>
      {state.at === 'failed' && <ProblemNote problem={state.problem} />}
      {state.at === 'shown' && <StepShown {...state.shown} onConfirm={() => void confirm(state.shown)} onBack={back} />}
      {state.at === 'done' && <StepDone shown={state.shown} written={state.written} />}
    </>
  );
}
