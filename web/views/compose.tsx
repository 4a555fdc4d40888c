/** Writing an InMail, with the credits left always in sight (R7, R17). */
import { useRef } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { useRead } from '../app/use-read.ts';
import { readCredits } from '../ledger/read-credits.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ComposeForm } from './compose/compose-form.tsx';

export default function Compose() {
  const { api, memberId } = useApp();
  const { data, problem, isLoading, reload } = useRead(() => readCredits(api, memberId), [memberId]);
  // A form that is open stays: whose plan ends meanwhile keeps what was written, and learns why it is not sent.
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
      <p>InMails are paid with the credits of a plan, and you have no active one.</p>
      <p>
        Once you subscribe to a plan of Premium, Sales Navigator or Recruiter, its credits are there at once and you can
        write here. You can read and answer what others write to you without one: <a href="#/inbox">your inbox</a>.
      </p>
    </div>
  );
}
