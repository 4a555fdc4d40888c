/** Plots the balance over time: a solid past, a dashed future, and marks of three shapes. Loads its library only here. */
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
      {isMissing && <p>The plot could not be loaded. The table has the same facts.</p>}
      <Legend />
    </>
  );
}

function summaryOf({ past, future }: Curve): string {
  const balances = [...past, ...future].map(({ balance }) => balance);
  const [first, current, last] = [past[0]?.balance, past.at(-1)?.balance, balances.at(-1)];
  const reach = `between ${Math.min(...balances)} and ${Math.max(...balances)}`;
  return `Plot of the balance, ${reach}: ${first} at first, ${current} now, and ${last} ahead by the rules. The table has every step.`;
}

/** Shows the shapes as the plot draws them, so that a reader need not tell colours apart. */
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
        <Icon class="legend-cap" d="M1 8h22" /> maximum of the current plan
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
