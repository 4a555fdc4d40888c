/** The balance over time as a plot: past solid, future dashed, and marks of three shapes. Its library comes when it is needed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Curve } from '../ledger/balance-curve.ts';

export type BalancePlotProps = { readonly curve: Curve; readonly cap: number };

export function BalancePlot({ curve, cap }: BalancePlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    import('./plot/draw-balance.ts').then(
      ({ drawBalance }) => {
        if (place.current && !gone.signal.aborted) drawBalance(place.current, { curve, cap }, gone.signal);
      },
      () => setMissing(true),
    );
    return () => gone.abort();
  }, [curve, cap]);
  return (
    <>
      <div ref={place} class="plot" role="img" aria-label={summaryOf(curve)} />
      {isMissing && <p>The plot could not be loaded; the table has it all.</p>}
      <Legend />
    </>
  );
}

function summaryOf({ past, future }: Curve): string {
  const balances = [...past, ...future].map(({ balance }) => balance);
  const [first, current, last] = [past[0]?.balance, past.at(-1)?.balance, balances.at(-1)];
  const reach = `between ${Math.min(...balances)} and ${Math.max(...balances)}`;
  return `Plot of the balance, ${reach}: from ${first} to ${current} now, and by the rules to ${last} ahead. The table has every step.`;
}

/** Shapes as they are drawn, so that nobody depends on colours. */
function Legend() {
  return (
    <ul class="legend">
      <li>
        <Icon class="legend-line" d="M1 8h22" /> balance
      </li>
      <li>
        <Icon class="legend-line legend-ahead" d="M1 8h22" /> ahead, if nothing is sent
      </li>
      <li>
        <Icon class="legend-cap" d="M1 8h22" /> held at most, by the plan of now
      </li>
      <li>
        <Icon class="legend-renewal" d="M12 3a5 5 0 1 0 .01 0z" /> credits come in
      </li>
      <li>
        <Icon class="legend-return" d="M12 2l6 11H6z" /> a credit comes back
      </li>
      <li>
        <Icon class="legend-loss" d="M7 3l10 10M17 3L7 13" /> credits are lost
      </li>
    </ul>
  );
}

function Icon({ class: name, d }: { readonly class: string; readonly d: string }) {
  return (
    <svg class={name} viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
