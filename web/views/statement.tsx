/** A wallet's statement: every entry, newest first, with a filter, a download and a check of the whole (R17). */
import { useState } from 'preact/hooks';
import type { Entry } from '../../shared/domain/ledger.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { useApp } from '../app/context.ts';
import { hiddenInWords, isShown, NO_FILTER } from '../ledger/filter.ts';
import { readPage, type WalletOf } from '../ledger/read-ledger.ts';
import { EntryList } from '../parts/entry-list.tsx';
import { Pager } from '../parts/pager.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { usePages } from '../parts/use-pages.ts';
import { nameOf } from '../words/names.ts';
import { CsvButton } from './statement/csv-button.tsx';
import { FilterForm } from './statement/filter-form.tsx';
import { VerifyButton } from './statement/verify-button.tsx';

/** The member's own. */
export default function Statement({ product }: { readonly product: Product }) {
  const { memberId } = useApp();
  return (
    <>
      <h1 tabIndex={-1}>Statement of {nameOf(product)}</h1>
      <StatementOf key={product} memberId={memberId} product={product} />
    </>
  );
}

/** The statement of any member that the token may read. */
export function StatementOf({ memberId, product }: WalletOf) {
  const { api } = useApp();
  const [filter, setFilter] = useState(NO_FILTER);
  const [brokenSeq, setBrokenSeq] = useState<number>();
  const wallet = { memberId, product };
  const { items, hasMore, isLoading, problem, loadMore } = usePages<Entry>(
    (cursor) => readPage(api, wallet, { cursor }),
    [memberId, product],
  );
  if (problem?.slug === 'not-found') {
    return (
      <p>
        There is no statement, because {memberId} never had a plan of {nameOf(product)}.
      </p>
    );
  }
  const shown = items.filter((entry) => isShown(filter, entry));
  const bySeq = new Map(items.map((entry) => [entry.seq, entry]));
  const hidden = hiddenInWords(shown.length, items.length);
  return (
    <div class="stack">
      <div class="row">
        <VerifyButton wallet={wallet} onBroken={setBrokenSeq} />
        <CsvButton wallet={wallet} />
      </div>
      <div>
        <FilterForm filter={filter} onChange={setFilter} />
        <p role="status">{hidden && [hidden, hasMore && 'Older ones are not loaded yet.'].filter(Boolean).join(' ')}</p>
      </div>
      <EntryList
        entries={shown}
        before={({ seq }) => bySeq.get(seq - 1)}
        label={`Entries of ${nameOf(product)}`}
        marked={brokenSeq}
      />
      {items.length > 0 && shown.length === 0 && <p>No loaded entry is of that type and time.</p>}
      {problem && <ProblemNote problem={problem} onRetry={loadMore} />}
      <Pager
        shown={items.length}
        noun={{ one: 'entry', many: 'entries' }}
        hasMore={hasMore}
        isLoading={isLoading}
        onMore={loadMore}
      />
    </div>
  );
}
