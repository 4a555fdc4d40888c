/** What a view reads: loaded when it is first shown, when `deps` change, when the clock was moved, and when asked again. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useApp } from './context.ts';
import { type Problem, problemFrom } from './problem.ts';

export type Read<T> = {
  /** What was read last; while it is read anew, or cannot be, still the former. None of other `deps`. */
  readonly data?: T;
  readonly problem?: Problem;
  readonly isLoading: boolean;
  readonly reload: () => void;
};

type State<T> = Pick<Read<T>, 'data' | 'problem' | 'isLoading'>;

/** `load` is mostly `async () => answered(await api.GET(…))`. Answers that come after a newer question are dropped. */
export function useRead<T>(load: () => Promise<T>, deps: readonly unknown[]): Read<T> {
  const { epoch } = useApp();
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<State<T>>({ isLoading: true });
  // What is shown of one member or product must not stand there while another's is read.
  const [of, setOf] = useState(deps);
  const isSame = of.length === deps.length && of.every((value, index) => Object.is(value, deps[index]));
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: (before: State<T>) => State<T>) => {
      if (!isCurrent) return;
      setOf(deps);
      setState(next);
    };
    setState((before) => ({ ...(isSame ? before : {}), isLoading: true }));
    load().then(
      (data) => settle(() => ({ data, isLoading: false })),
      (error: unknown) => settle((before) => ({ ...before, problem: problemFrom(error), isLoading: false })),
    );
    return () => {
      isCurrent = false;
    };
  }, [...deps, epoch, asked]);
  const reload = useCallback(() => setAsked((times) => times + 1), []);
  return isSame ? { ...state, reload } : { isLoading: true, reload };
}
