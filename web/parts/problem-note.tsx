/** Shows a problem in plain words: what it is, why, and what would lift it. A screen reader reads it out at once. */
import { useApp } from '../app/context.ts';
import { explain } from '../app/explain.ts';
import type { Problem } from '../app/problem.ts';
import { Button } from './button.tsx';

export type ProblemNoteProps = { readonly problem: Problem; readonly onRetry?: () => void };

export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  const { now } = useApp();
  const { title, detail, lift } = explain(problem, now());
  return (
    <div class="note problem" role="alert">
      <p class="note-title">
        {title}
        {'rule' in problem && <span class="rule"> (rule {problem.rule})</span>}
      </p>
      <p>{detail}</p>
      {lift && <p>{lift}</p>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
