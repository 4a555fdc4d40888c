/** Shows how far a move has come, and which jobs ran on its way. */
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Result } from '../../parts/result.tsx';
import { Time } from '../../parts/time.tsx';
import { countInWords } from '../../words/names.ts';
import { type Run, sentenceOfRun, titleOfSweep } from '../../words/time-words.ts';
import type { Moved } from './local-api.ts';
import type { MoveState } from './use-move.ts';

export type MoveNoteProps = { readonly state: MoveState; readonly progress: number | undefined };

export function MoveNote({ state, progress }: MoveNoteProps) {
  if (state.step === 'refused') return <ProblemNote problem={state.problem} />;
  if (state.step === 'moved') return <MovedNote key={state.moved.now} moved={state.moved} />;
  if (state.step === 'standing') return null;
  return (
    <div role="status">
      <p>
        On the way to <Time at={state.to} /> …
      </p>
      <progress value={progress ?? 0} aria-label="How far the clock has come" />
    </div>
  );
}

/** A long move has hundreds of runs, and only the newest are shown. */
const SHOWN_RUNS = 100;

function MovedNote({ moved: { now, ran, passedOver } }: { readonly moved: Moved }) {
  const told = ran.filter(isNews);
  const shown = told.slice(-SHOWN_RUNS).toReversed();
  const quiet = passedOver + ran.length - told.length;
  return (
    <Result title={told.length === 0 ? 'Nothing fell due on the way' : 'On the way'}>
      <p>
        It is <Time at={now} />. {countInWords(quiet, 'scheduled run', 'scheduled runs')} had nothing to do.
        {told.length > shown.length &&
          ` Of the other ${told.length}, these are the last ${shown.length}, newest first:`}
      </p>
      <ul class="plain runs">
        {shown.map((run) => (
          <li key={`${run.sweep} ${run.scheduledAt}`}>
            <strong>{titleOfSweep(run.sweep)}</strong>, <Time at={run.scheduledAt} />: {sentenceOfRun(run)}
          </li>
        ))}
      </ul>
    </Result>
  );
}

const isNews = ({ report }: Run): boolean => !report || report.written + report.failed > 0;
