/** The inbox and the sent InMails of a member, newest first (R12, R13, R15, R16). */

import { useState } from 'preact/hooks';
import { addressOf } from '../app/address.ts';
import { useApp } from '../app/context.ts';
import { useRead } from '../app/use-read.ts';
import { Pager } from '../parts/pager.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Result } from '../parts/result.tsx';
import { usePages } from '../parts/use-pages.ts';
import type { Box, InMail } from '../words/inmail-words.ts';
import { InMailCard } from './inmails/inmail-card.tsx';
import { asItIs, type Letter, readBox, readLetter } from './inmails/read-letters.ts';

export type InMailsProps = {
  readonly box: Box;
  /** The InMail to show, if a link leads to one. */
  readonly inmailId?: string | undefined;
};

const NOTHING = {
  inbox: 'You have not received an InMail yet.',
  sent: 'You have not sent an InMail yet.',
} as const satisfies Record<Box, string>;

const ALL_HIDDEN = {
  inbox: 'You have hidden every InMail in your inbox. You can still read and answer each of them by its link.',
  sent: 'You have hidden every InMail that you sent. You can still read each of them by its link.',
} as const satisfies Record<Box, string>;

const HIDDEN_SO_FAR = 'You have hidden every InMail looked at so far. There are older ones.';

const TITLES = { inbox: 'Inbox', sent: 'Sent' } as const satisfies Record<Box, string>;

export default function InMails({ box, inmailId }: InMailsProps) {
  return (
    <>
      <h1 tabIndex={-1}>{TITLES[box]}</h1>
      {inmailId === undefined ? (
        <BoxList key={box} box={box} />
      ) : (
        <OneInMail key={inmailId} box={box} inmailId={inmailId} />
      )}
    </>
  );
}

function BoxList({ box }: { readonly box: Box }) {
  const { api, memberId } = useApp();
  const pages = usePages<Letter>((cursor) => readBox({ api, memberId }, box, cursor), [box, memberId]);
  const { items, hasMore, hasHidden, isLoading, problem, loadMore, replace } = pages;
  const allHidden = hasMore ? HIDDEN_SO_FAR : ALL_HIDDEN[box];
  const [hiddenId, setHiddenId] = useState<string>();

  function change({ inmailId }: InMail, changed?: InMail): void {
    replace(({ inmail }) => inmail.inmailId === inmailId, changed && asItIs(changed));
    if (!changed) setHiddenId(inmailId);
  }

  return (
    <>
      {hiddenId && (
        <Result key={hiddenId} title="Hidden from your box">
          <p>
            <a href={addressOf(box, hiddenId)}>Show it anyway</a>
          </p>
        </Result>
      )}
      {items.length === 0 && !isLoading && !problem && <p>{hasHidden ? allHidden : NOTHING[box]}</p>}
      <ul class="plain cards">
        {items.map(({ inmail, isTermOver }) => (
          <li key={inmail.inmailId}>
            <InMailCard
              inmail={inmail}
              box={box}
              isTermOver={isTermOver}
              onChanged={(changed) => change(inmail, changed)}
            />
          </li>
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} onRetry={loadMore} />}
      {(items.length > 0 || isLoading || hasMore) && (
        <Pager
          shown={items.length}
          noun={{ one: 'InMail', many: 'InMails' }}
          hasMore={hasMore}
          isLoading={isLoading}
          onMore={loadMore}
        />
      )}
    </>
  );
}

function OneInMail({ box, inmailId }: { readonly box: Box; readonly inmailId: string }) {
  const { api, memberId } = useApp();
  const { data, problem, isLoading, reload } = useRead(() => readLetter({ api, memberId }, box, inmailId), [inmailId]);
  return (
    <>
      <p>
        <a href={`#/${box}`}>{box === 'inbox' ? 'Back to the inbox' : 'Back to Sent'}</a>
      </p>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!data && isLoading && (
        <p class="loading" role="status">
          Loading …
        </p>
      )}
      {data && <InMailCard {...data} box={box} isOpen onChanged={reload} />}
    </>
  );
}
