/** One InMail with its state and its credit. Open, it shows its text and the ways to respond. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../../app/context.ts';
import { Time } from '../../parts/time.tsx';
import {
  type Box,
  canRespond,
  creditInWords,
  type InMail,
  responseName,
  STATUS_NAMES,
} from '../../words/inmail-words.ts';
import { nameOf } from '../../words/names.ts';
import { HideControl } from './hide-control.tsx';
import type { Letter } from './read-letters.ts';
import { RespondForm } from './respond-form.tsx';

export type InMailCardProps = Letter & {
  readonly box: Box;
  readonly isOpen?: boolean;
  /** Gets the changed InMail, or nothing if it left the box. */
  readonly onChanged: (inmail?: InMail) => void;
};

export function InMailCard({ inmail, box, isOpen: opensOpen = false, isTermOver, onChanged }: InMailCardProps) {
  const { memberId } = useApp();
  const [isOpen, setOpen] = useState(opensOpen);
  const [isJustAnswered, setJustAnswered] = useState(false);
  const { inmailId, status, sentAt } = inmail;
  const other = box === 'inbox' ? `From ${inmail.senderId}` : `To ${inmail.recipientId}`;
  const bodyId = `inmail-${inmailId}`;
  return (
    <article class="card letter">
      <h2 class="letter-title">
        <button
          type="button"
          class="disclosure"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setOpen(!isOpen)}
        >
          <span class="letter-who">{other}</span>
          <span class="letter-subject">{inmail.subject}</span>
        </button>
      </h2>
      <p class="row">
        <span class={`tag tag-${status}`}>{STATUS_NAMES[status]}</span>
        <span>
          {nameOf(inmail.product)}, <Time at={sentAt} />
        </span>
      </p>
      <CreditLine inmail={inmail} isTermOver={isTermOver} />
      <div id={bodyId} class="letter-open" hidden={!isOpen}>
        {isOpen && (
          <>
            <p class="words">{inmail.body}</p>
            <Response inmail={inmail} isNews={isJustAnswered} />
            {canRespond(inmail, memberId) && (
              <RespondForm
                inmail={inmail}
                onAnswered={(answer) => {
                  setJustAnswered(true);
                  onChanged(answer);
                }}
              />
            )}
            <HideControl inmail={inmail} onHidden={() => onChanged()} />
          </>
        )}
      </div>
    </article>
  );
}

/** Tells what became of the credit, when the InMail expires, and when its recipient was reminded. */
function CreditLine({ inmail, isTermOver }: Letter) {
  const { credit, remindedAt, returnableUntil } = inmail;
  return (
    <p>
      {creditInWords(inmail, isTermOver)}
      {credit === 'pending' && !isTermOver && (
        <>
          {' '}
          <Time at={returnableUntil} />. Then the InMail expires.
        </>
      )}
      {remindedAt && (
        <>
          {' '}
          The recipient was reminded on <Time at={remindedAt} />.
        </>
      )}
    </p>
  );
}

function Response({ inmail, isNews }: { readonly inmail: InMail; readonly isNews: boolean }) {
  const { response, recipientId } = inmail;
  const box = useRef<HTMLDivElement>(null);
  // The form of the response is gone, and the focus with it.
  useLayoutEffect(() => {
    if (isNews) box.current?.focus();
  }, [isNews]);
  if (!response) return null;
  return (
    <div ref={box} class="response" tabIndex={-1}>
      <p>
        <strong>
          {recipientId}: {responseName(response)}
        </strong>
        , <Time at={response.at} />
      </p>
      {response.type === 'reply' && <p class="words">{response.text}</p>}
    </div>
  );
}
