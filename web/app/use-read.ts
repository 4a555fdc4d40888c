/** Reads the data of a view: first when it is shown, then when `deps` change, when the clock moves, and at `reload`. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useApp } from './context.ts';
import { type Problem, problemFrom } from './problem.ts';

export type Read<T> = {
  /** The data read last for these `deps`. It stays while a new read is under way, and if that fails. */
  readonly data?: T;
  readonly problem?: Problem;
  readonly isLoading: boolean;
  readonly reload: () => void;
};

type State<T> = Pick<Read<T>, 'data' | 'problem' | 'isLoading'>;

/** `load` is mostly `async () => answered(await api.GET(…))`. Drops a response that comes after a newer request. */
export function useRead<T>(load: () => Promise<T>, deps: readonly unknown[]): Read<T> {
  const { epoch } = useApp();
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<State<T>>({ isLoading: true });
  // The data of one member or product must not stay while another's is read.
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
