/** A list that comes in pages: what is loaded so far, newest first, and more when it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { type Problem, problemFrom } from '../app/problem.ts';

export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor?: string | undefined };

export type Pages<Item> = {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem?: Problem | undefined;
  readonly loadMore: () => void;
  /** Another item, or none, in the place of those that `matches`: what an answer told need not be asked for again. */
  readonly replace: (matches: (item: Item) => boolean, by?: Item) => void;
};

type State<Item> = Page<Item> & { readonly isLoading: boolean; readonly problem?: Problem };

/** `load` answers the page at a cursor, the first one without; with other `deps`, or at another time, it begins anew. */
export function usePages<Item>(
  load: (cursor: string | undefined) => Promise<Page<Item>>,
  deps: readonly unknown[],
): Pages<Item> {
  const { epoch } = useApp();
  const [state, setState] = useState<State<Item>>({ items: [], isLoading: true });
  // Answers to an earlier question are dropped.
  const question = useRef(0);

  async function loadAfter(before: readonly Item[], cursor: string | undefined): Promise<void> {
    const asked = question.current;
    setState({ items: before, nextCursor: cursor, isLoading: true });
    const next = await load(cursor).then(
      ({ items, nextCursor }) => ({ items: [...before, ...items], nextCursor, isLoading: false }),
      (error: unknown) => ({ items: before, nextCursor: cursor, isLoading: false, problem: problemFrom(error) }),
    );
    if (asked === question.current) setState(next);
  }

  useEffect(() => {
    question.current += 1;
    void loadAfter([], undefined);
  }, [...deps, epoch]);

  return {
    items: state.items,
    hasMore: state.nextCursor !== undefined,
    isLoading: state.isLoading,
    problem: state.problem,
    loadMore: () => {
      if (!state.isLoading) void loadAfter(state.items, state.nextCursor);
    },
    replace: (matches, by) =>
      setState((now) => ({ ...now, items: now.items.flatMap((item) => (matches(item) ? (by ?? []) : item)) })),
  };
}
