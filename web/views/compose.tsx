/** The view to write an InMail, with the credits left always in sight (R7, R17). */
import { useRef } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { useRead } from '../app/use-read.ts';
import { readCredits } from '../ledger/read-credits.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ComposeForm } from './compose/compose-form.tsx';

export default function Compose() {
  const { api, memberId } = useApp();
  const { data, problem, isLoading, reload } = useRead(() => readCredits(api, memberId), [memberId]);
  // An open form stays when the plan ends, so that its text is kept and the refusal says why.
  const isOpen = useRef(false);
  isOpen.current ||= data?.credits.some(({ plan }) => plan !== null) ?? false;
  return (
    <>
      <h1 tabIndex={-1}>Write an InMail</h1>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!data && isLoading && (
        <p class="loading" role="status">
          Loading your credits …
        </p>
      )}
      {data && !isOpen.current && <NoPlan />}
      {data && isOpen.current && <ComposeForm credits={data.credits} onChanged={reload} />}
    </>
  );
}

function NoPlan() {
  return (
    <div class="card">
      <p>You pay for InMails with the credits of a plan, and you have no active plan.</p>
      <p>
        Once you subscribe to a plan of Premium, Sales Navigator or Recruiter, its credits are there at once, and you
        can write here. You need no plan to read and answer the InMails in <a href="#/inbox">your inbox</a>.
      </p>
    </div>
  );
}
