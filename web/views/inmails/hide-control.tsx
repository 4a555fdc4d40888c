/** Takes an InMail out of the member's box after a question, because it gives nothing back and frees nothing (R9, R13). */
import { useRef, useState } from 'preact/hooks';
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Result } from '../../parts/result.tsx';
import type { InMail } from '../../words/inmail-words.ts';

export function HideControl({ inmail, onHidden }: { readonly inmail: InMail; readonly onHidden: () => void }) {
  const { api } = useApp();
  const [step, setStep] = useState<'closed' | 'asking' | 'hiding' | 'hidden'>('closed');
  const [problem, setProblem] = useState<Problem>();
  const opener = useRef<HTMLButtonElement>(null);

  async function hide(): Promise<void> {
    setStep('hiding');
    setProblem(undefined);
    try {
      const params = { path: { inmailId: inmail.inmailId } };
      answered(await api.DELETE('/v1/inmails/{inmailId}', { params }));
      setStep('hidden');
      onHidden();
    } catch (error) {
      setProblem(problemFrom(error));
      setStep('asking');
    }
  }

  function keep(): void {
    setStep('closed');
    // The button that opened this comes back only with the next rendering.
    requestAnimationFrame(() => opener.current?.focus());
  }

  if (step === 'hidden') return <p role="status">Hidden from your box.</p>;
  if (step === 'closed') {
    return (
      <p>
        <button ref={opener} type="button" class="button plain" onClick={() => setStep('asking')}>
          Hide from my box…
        </button>
      </p>
    );
  }
  return (
    <Result title="Hide this InMail?">
      <p>
        The InMail only leaves your box. It gives no credit back
        {inmail.response
          ? ''
          : `, and ${inmail.senderId} still cannot send ${inmail.recipientId} another one before a response`}
        . Both of you can still open it by its link.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <p class="row">
        <Button kind="danger" onClick={() => void hide()} isBusy={step === 'hiding'}>
          Hide it
        </Button>
        <Button onClick={keep}>Keep it</Button>
      </p>
    </Result>
  );
}
