/** Sends a draft once. All tries carry the same key, so that a double click or a lost response costs nothing. */
import { useRef, useState } from 'preact/hooks';
import type { Product } from '../../../shared/domain/plans.ts';
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import type { Draft } from '../../words/draft-faults.ts';
import type { SendAnswer } from './sent-note.tsx';

export type Sending = {
  readonly isSending: boolean;
  readonly problem?: Problem | undefined;
  readonly sent?: SendAnswer | undefined;
  readonly send: (product: Product, draft: Draft) => Promise<void>;
  /** Call it when the text changes, because another text is another InMail with a key of its own. */
  readonly edited: () => void;
  /** Starts the next InMail after a success. */
  readonly startAnew: () => void;
};

type State = { readonly isSending: boolean; readonly problem?: Problem; readonly sent?: SendAnswer };

export function useSending(): Sending {
  const { api } = useApp();
  const [state, setState] = useState<State>({ isSending: false });
  const key = useRef<string>(undefined);
  // A ref, because the second click of a double click comes before the next rendering.
  const isUnderWay = useRef(false);

  async function send(product: Product, draft: Draft): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    key.current ??= crypto.randomUUID();
    setState({ isSending: true });
    const header = { 'Idempotency-Key': key.current };
    try {
      const sent = answered(await api.POST('/v1/inmails', { params: { header }, body: { product, ...draft } }));
      key.current = undefined;
      setState({ isSending: false, sent });
    } catch (error) {
      setState({ isSending: false, problem: problemFrom(error) });
    } finally {
      isUnderWay.current = false;
    }
  }

  function edited(): void {
    if (isUnderWay.current) return;
    key.current = undefined;
    setState({ isSending: false });
  }

  return { ...state, send, edited, startAnew: edited };
}
