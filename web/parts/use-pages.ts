/** A list that comes in pages of results, newest first. It loads the next one on demand. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { type Problem, problemFrom } from '../app/problem.ts';

export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor?: string | undefined;
  /** The list has more items, which are not to be shown. */
  readonly hasHidden?: boolean | undefined;
};

export type Pages<Item> = {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  /** Some items of the list are not shown, because they were passed over or taken out. */
  readonly hasHidden: boolean;
  readonly isLoading: boolean;
  readonly problem?: Problem | undefined;
  readonly loadMore: () => void;
  /** Puts another item, or none, in the place of those that match. So a response need not be read a second time. */
  readonly replace: (matches: (item: Item) => boolean, by?: Item) => void;
};

/** A page of results may be empty in the middle of a list. So many are passed over at once, and then it takes a click. */
const MAX_PAGES_AT_ONCE = 5;

type State<Item> = Page<Item> & { readonly isLoading: boolean; readonly problem?: Problem };

/** `load` reads the page of results at a cursor, or the first one. The list starts again when `deps` or the time change. */
export function usePages<Item>(
  load: (cursor: string | undefined) => Promise<Page<Item>>,
  deps: readonly unknown[],
): Pages<Item> {
  const { epoch } = useApp();
  const [state, setState] = useState<State<Item>>({ items: [], isLoading: true });
  // A response arrives after later renderings, so that its caller needs the latest state.
  const latest = useRef(state);
  latest.current = state;
  // Responses to an earlier request are dropped.
  const question = useRef(0);

  async function loadAfter(before: Page<Item>): Promise<void> {
    const asked = question.current;
    setState({ ...before, isLoading: true });
    let now = before;
    try {
      for (let pages = 0; pages < MAX_PAGES_AT_ONCE && asked === question.current; pages += 1) {
        const { items, nextCursor, hasHidden } = await load(now.nextCursor);
        const isPassedBy = items.length === 0 && nextCursor !== undefined;
        now = { items: before.items.concat(items), nextCursor, hasHidden: now.hasHidden || hasHidden || isPassedBy };
        if (!isPassedBy) break;
      }
      if (asked === question.current) setState({ ...now, isLoading: false });
    } catch (error) {
      if (asked === question.current) setState({ ...now, isLoading: false, problem: problemFrom(error) });
    }
  }

  /** The rest of the list may begin on a later page of results. */
  function replace(matches: (item: Item) => boolean, by?: Item): void {
    const replaced = (now: State<Item>): State<Item> => ({
      ...now,
      items: now.items.flatMap((item) => (matches(item) ? (by ?? []) : item)),
      hasHidden: now.hasHidden || by === undefined,
    });
    const { items, nextCursor, hasHidden, isLoading } = replaced(latest.current);
    if (items.length > 0 || nextCursor === undefined || isLoading) setState(replaced);
    else void loadAfter({ items, nextCursor, hasHidden });
  }

  useEffect(() => {
    question.current += 1;
    void loadAfter({ items: [] });
  }, [...deps, epoch]);

  return {
    items: state.items,
    hasMore: state.nextCursor !== undefined,
    hasHidden: state.hasHidden === true,
    isLoading: state.isLoading,
    problem: state.problem,
    loadMore: () => {
      if (state.isLoading) return;
      const { items, nextCursor, hasHidden } = state;
      void loadAfter({ items, nextCursor, hasHidden });
    },
    replace,
  };
}
