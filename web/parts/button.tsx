/** A button. While it is busy it keeps its focus and its place, and a second click does nothing. */
import type { ComponentChildren } from 'preact';

export type ButtonProps = {
  readonly children: ComponentChildren;
  /** Without it, the button submits its form. */
  readonly onClick?: () => void;
  readonly kind?: 'primary' | 'plain' | 'danger';
  readonly isBusy?: boolean;
  /** Replaces the words for those who hear the page, where the words alone do not say enough. */
  readonly label?: string;
};

export function Button({ children, onClick, kind = 'plain', isBusy = false, label }: ButtonProps) {
  return (
    <button
      type={onClick ? 'button' : 'submit'}
      class={`button ${kind}`}
      aria-disabled={isBusy}
      aria-busy={isBusy}
      {...(label && { 'aria-label': label })}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}
