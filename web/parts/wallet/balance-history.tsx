/** The balance over time as a plot, and as a table for readers who cannot see a plot or want exact figures. */
import { useState } from 'preact/hooks';
import type { ApiClient } from '../../../client/client.ts';
import { type Instant, instant, plusHours } from '../../../shared/domain/instant.ts';
import type { Entry } from '../../../shared/domain/ledger.ts';
import { RULES } from '../../../shared/domain/rules.ts';
import { useApp } from '../../app/context.ts';
import { useRead } from '../../app/use-read.ts';
import { curveOf, type Step } from '../../ledger/balance-curve.ts';
import { readPage, type WalletOf } from '../../ledger/read-ledger.ts';
import { nameOf } from '../../words/names.ts';
import { BalancePlot } from '../balance-plot.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { Time } from '../time.tsx';

/** A year back and six months ahead. A very busy wallet shows only its last 500 entries. */
const PAST_HOURS = 365 * 24;
const FUTURE_HOURS = 183 * 24;
const MAX_ENTRIES = 500;
const PAGE_SIZE = 100;

export type BalanceHistoryProps = {
  readonly wallet: WalletOf;
  readonly cap: number;
  /** The instant of the credits beside it. The curve is read again with them. */
  readonly asOf: string;
};

export function BalanceHistory({ wallet, cap, asOf }: BalanceHistoryProps) {
  const { api, now } = useApp();
  const { memberId, product } = wallet;
  const { data, problem, isLoading, reload } = useRead(async () => {
    const at = now();
    const since = plusHours(at, -PAST_HOURS);
    const until = plusHours(at, FUTURE_HOURS);
    const { entries, isCut } = await readSince(api, wallet, since);
    const curve = curveOf(entries, { now: at, until }, RULES);
    return curve && { curve, cutAt: isCut ? entries.at(-1)?.at : undefined, count: entries.length };
  }, [memberId, product, asOf]);
  if (problem) return <ProblemNote problem={problem} onRetry={reload} />;
  if (!data) return isLoading ? <p class="loading plot-place">Loading the balance over time …</p> : null;
  const { curve, cutAt, count } = data;
  return (
    <figure class="stack" aria-label={`Balance of ${nameOf(product)} over time`}>
      <h3>Balance over time</h3>
      {cutAt !== undefined && (
        <p class="quiet">
          There are many entries. You see only the last {count} entries, since <Time at={cutAt} />. The statement has
          all.
        </p>
      )}
      <BalancePlot curve={curve} cap={cap} />
      <StepTable
        caption="Newest first. The steps ahead follow from the rules if no InMail is sent or answered."
        {...curve}
      />
    </figure>
  );
}

/** `isCut` is true if the year has more entries than these. */
type Read = { readonly entries: readonly Entry[]; readonly isCut: boolean };

/** Newest first. One more entry than the year has, so that the curve begins with the balance of its first day. */
async function readSince(api: ApiClient, wallet: WalletOf, since: Instant): Promise<Read> {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(api, wallet, { cursor, limit: PAGE_SIZE });
    entries.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && entries.length < MAX_ENTRIES && instant(entries.at(-1)?.at ?? since) >= since);
  const first = entries.findIndex(({ at }) => at < since);
  if (first !== -1) return { entries: entries.slice(0, first + 1), isCut: false };
  return { entries, isCut: cursor !== undefined };
}

type StepTableProps = { readonly caption: string; readonly past: readonly Step[]; readonly future: readonly Step[] };

/** Renders its rows only once it is open, because there may be hundreds of them. */
function StepTable({ caption, past, future }: StepTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {isOpen && (
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col" class="number">
                Balance
              </th>
            </tr>
          </thead>
          <tbody>
            {future.toReversed().map((step) => (
              <Row key={step.id} step={step} isAhead />
            ))}
            {past.toReversed().map((step) => (
              <Row key={step.id} step={step} />
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function Row({
  step: { at, sentence, balance },
  isAhead = false,
}: {
  readonly step: Step;
  readonly isAhead?: boolean;
}) {
  return (
    <tr>
      <td>
        <Time at={at} />
      </td>
      <td>
        {isAhead && <em>Ahead: </em>}
        {sentence}
      </td>
      <td class="number">{balance}</td>
    </tr>
  );
}
