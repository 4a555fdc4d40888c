/** The inbox and the sent InMails of a member, newest first; one of them open (R12, R13, R15, R16). */
import { useState } from 'preact/hooks';
import { answered } from '../app/answered.ts';
import { useApp } from '../app/context.ts';
import { useRead } from '../app/use-read.ts';
import { Pager } from '../parts/pager.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Result } from '../parts/result.tsx';
import { usePages } from '../parts/use-pages.ts';
import type { Box, InMail } from '../words/inmail-words.ts';
import { InMailCard } from './inmails/inmail-card.tsx';
import { usePayingTerms } from './inmails/use-paying-terms.ts';

export type InMailsProps = {
  readonly box: Box;
  /** The InMail to show open, from a link to it. */
  readonly inmailId?: string | undefined;
};

const NOTHING = {
  inbox: 'Nobody has written to you yet.',
  sent: 'You have not sent an InMail yet.',
} as const satisfies Record<Box, string>;

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
  const pages = usePages<InMail>(
    async (cursor) => {
      const query = { box, ...(cursor !== undefined && { cursor }) };
      const { inmails, nextCursor } = answered(await api.GET('/v1/inmails', { params: { query } }));
      return { items: inmails, nextCursor };
    },
    [box, memberId],
  );
  const { items, hasMore, isLoading, problem, loadMore, replace } = pages;
  const isTermOver = usePayingTerms();
  const [hiddenId, setHiddenId] = useState<string>();

  function change({ inmailId }: InMail, changed?: InMail): void {
    replace((item) => item.inmailId === inmailId, changed);
    if (!changed) setHiddenId(inmailId);
  }

  return (
    <>
      {hiddenId && (
        <Result key={hiddenId} title="Hidden from your box">
          <p>
            <a href={`#/${box}/${hiddenId}`}>Show it all the same</a>
          </p>
        </Result>
      )}
      {items.length === 0 && !isLoading && !problem && <p>{NOTHING[box]}</p>}
      <ul class="plain cards">
        {items.map((inmail) => (
          <li key={inmail.inmailId}>
            <InMailCard
              inmail={inmail}
              box={box}
              isTermOver={isTermOver(inmail)}
              onChanged={(changed) => change(inmail, changed)}
            />
          </li>
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} onRetry={loadMore} />}
      {(items.length > 0 || isLoading) && (
        <Pager shown={items.length} noun="InMails" hasMore={hasMore} isLoading={isLoading} onMore={loadMore} />
      )}
    </>
  );
}

function OneInMail({ box, inmailId }: { readonly box: Box; readonly inmailId: string }) {
  const { api } = useApp();
  const isTermOver = usePayingTerms();
  const { data, problem, isLoading, reload } = useRead(
    async () => answered(await api.GET('/v1/inmails/{inmailId}', { params: { path: { inmailId } } })),
    [inmailId],
  );
  return (
    <>
      <p>
        <a href={`#/${box}`}>All of {box === 'inbox' ? 'the inbox' : 'the sent'}</a>
      </p>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!data && isLoading && (
        <p class="loading" role="status">
          Loading …
        </p>
      )}
      {data && <InMailCard inmail={data} box={box} isOpen isTermOver={isTermOver(data)} onChanged={reload} />}
    </>
  );
}
