/** Shows the result of an act. It takes the focus when it appears, so that a reader need not look for it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export type ResultProps = {
  readonly kind?: 'good' | 'bad';
  readonly title: string;
  readonly children: ComponentChildren;
};

export function Result({ kind = 'good', title, children }: ResultProps) {
  const box = useRef<HTMLDivElement>(null);
  // Before the browser paints, so that an early Tab goes on from here.
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      class={kind === 'bad' ? 'note problem' : 'note'}
      role={kind === 'bad' ? 'alert' : 'status'}
      tabIndex={-1}
    >
      <p class="note-title">{title}</p>
      {children}
    </div>
  );
}
