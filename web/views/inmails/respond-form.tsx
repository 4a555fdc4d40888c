/** The recipient responds once (R12). The form says beforehand what a response does for the sender's credit (R13). */
import { useState } from 'preact/hooks';
import type { components } from '../../../client/api.ts';
import { QUICK_REPLIES, type ResponseGiven } from '../../../shared/domain/inmail.ts';
import { REPLY } from '../../../shared/domain/written-text.ts';
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Time } from '../../parts/time.tsx';
import { faultAt, textFault } from '../../words/draft-faults.ts';
import { effectOfResponse, type InMail, QUICK_REPLY_NAMES } from '../../words/inmail-words.ts';

export type RespondFormProps = {
  readonly inmail: components['schemas']['InMail'];
  readonly onAnswered: (inmail: InMail) => void;
};

export function RespondForm({ inmail, onAnswered }: RespondFormProps) {
  const { inmailId, status } = inmail;
  const { api } = useApp();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const params = { path: { inmailId } };
  const respond = (body: ResponseGiven) =>
    attempt(async () => answered(await api.PUT('/v1/inmails/{inmailId}/response', { params, body })).inmail);
  const showTheFirst = () => attempt(async () => answered(await api.GET('/v1/inmails/{inmailId}', { params })));

  async function attempt(work: () => Promise<InMail>): Promise<void> {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    try {
      onAnswered(await work());
    } catch (error) {
      setProblem(problemFrom(error));
      setSending(false);
    }
  }

  const serverFault = problem?.slug === 'invalid-request' ? faultAt('/text', problem.errors) : undefined;
  return (
    <fieldset class="form" aria-busy={isSending} aria-describedby={`effect-${inmailId}`}>
      <legend>Respond to {inmail.senderId}</legend>
      <p id={`effect-${inmailId}`}>
        {effectOfResponse(inmail)}
        {status === 'pending' && (
          <>
            {' '}
            <Time at={inmail.returnableUntil} />.
          </>
        )}
      </p>
      {problem && !serverFault && <ProblemNote problem={problem} />}
      {problem?.slug === 'already-responded' && (
        <p>
          <Button onClick={() => void showTheFirst()}>Show its response</Button>
        </p>
      )}
      <WordButtons onChosen={respond} />
      <ReplyField inmailId={inmailId} serverFault={serverFault} onReply={(text) => respond({ type: 'reply', text })} />
    </fieldset>
  );
}

type WordButtonsProps = { readonly onChosen: (response: ResponseGiven) => Promise<void> };

function WordButtons({ onChosen }: WordButtonsProps) {
  return (
    <div class="row">
      <Button onClick={() => void onChosen({ type: 'accept' })}>Accept</Button>
      <Button onClick={() => void onChosen({ type: 'decline' })}>Decline</Button>
      {QUICK_REPLIES.map((text) => (
        <Button key={text} onClick={() => void onChosen({ type: 'quick-reply', text })}>
          {QUICK_REPLY_NAMES[text]}
        </Button>
      ))}
    </div>
  );
}

type ReplyFieldProps = {
  readonly inmailId: string;
  readonly serverFault: string | undefined;
  readonly onReply: (text: string) => Promise<void>;
};

function ReplyField({ inmailId, serverFault, onReply }: ReplyFieldProps) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();

  function reply(event: Event): void {
    event.preventDefault();
    const found = textFault(text, REPLY);
    setFault(found);
    if (!found) void onReply(text);
  }

  return (
    <form class="form" noValidate onSubmit={reply}>
      <Field
        id={`reply-${inmailId}`}
        label="Or reply"
        rows={4}
        value={text}
        most={REPLY.maxCharacters}
        fault={fault ?? serverFault}
        onInput={(next) => {
          setText(next);
          setFault(undefined);
        }}
      />
      <div>
        <Button kind="primary">Send the reply</Button>
      </div>
    </form>
  );
}
