/** What stands below a list that comes in pages: how much of it is shown, and a way to more. */
import { Button } from './button.tsx';

export type PagerProps = {
  readonly shown: number;
  /** In the plural: `InMails`, `entries`. */
  readonly noun: string;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
};

export function Pager({ shown, noun, hasMore, isLoading, onMore }: PagerProps) {
  return (
    <div class="pager" aria-busy={isLoading}>
      <p role="status">
        {isLoading ? `Loading ${noun} …` : `${shown} ${noun}${hasMore ? ' so far' : ', that is all'}.`}
      </p>
      {hasMore && (
        <Button onClick={onMore} isBusy={isLoading}>
          Show more {noun}
        </Button>
      )}
    </div>
  );
}
