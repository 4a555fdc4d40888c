/** The line below a list that comes in pages of results: how many items are shown, and a button for more. */
import { countInWords } from '../words/names.ts';
import { Button } from './button.tsx';

export type PagerProps = {
  readonly shown: number;
  /** The items by name. */
  readonly noun: { readonly one: string; readonly many: string };
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
};

export function Pager({ shown, noun: { one, many }, hasMore, isLoading, onMore }: PagerProps) {
  return (
    <div class="pager" aria-busy={isLoading}>
      <p role="status">
        {isLoading ? `Loading ${many} …` : `${countInWords(shown, one, many)}${hasMore ? ' so far' : ', that is all'}.`}
      </p>
      {hasMore && (
        <Button onClick={onMore} isBusy={isLoading}>
          Show more {many}
        </Button>
      )}
    </div>
  );
}
