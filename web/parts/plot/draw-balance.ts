/** Draws a curve with uPlot until `gone`, in the colours of the theme and as wide as its place. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Curve } from '../../ledger/balance-curve.ts';
import { drawMarks } from './marks.ts';
import { paletteOf } from './palette.ts';
import { seriesOf } from './series.ts';

const HEIGHT_PIXELS = 260;
/** A little room above the cap, for the marks that stand on it. */
const HEADROOM = 1.12;

type Drawn = { readonly curve: Curve; readonly cap: number };

export function drawBalance(place: HTMLElement, drawn: Drawn, gone: AbortSignal): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let plot = create(place, drawn);
  // Its colours are pixels and not styles, so that another theme takes another drawing.
  const redraw = () => {
    plot.destroy();
    plot = create(place, drawn);
  };
  const resizes = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PIXELS }));
  dark.addEventListener('change', redraw, { signal: gone });
  resizes.observe(place);
  gone.addEventListener('abort', () => {
    resizes.disconnect();
    plot.destroy();
  });
}

function create(place: HTMLElement, { curve, cap }: Drawn): uPlot {
  const palette = paletteOf(place);
  const { x, past, future } = seriesOf(curve);
  const most = Math.max(cap, ...[...past, ...future].map((balance) => balance ?? 0));
  const axis = {
    stroke: palette.text,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1 },
  };
  // The line has steps and no slopes, because a balance holds until the next entry.
  const paths = uPlot.paths.stepped?.({ align: 1 });
  const line = {
    stroke: palette.accent,
    width: 2,
    points: { show: false },
    ...(paths && { paths }),
  };
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT_PIXELS,
      ms: 1,
      legend: { show: false },
      cursor: { show: false },
      padding: [12, 12, 0, 0],
      scales: { y: { range: [0, Math.max(1, most * HEADROOM)] } },
      axes: [
        { ...axis, space: 70, values: (_plot, splits) => splits.map((at, index) => dayInWords(at, splits[index - 1])) },
        { ...axis, size: 44, space: 40, incrs: [1, 2, 5, 10, 15, 20, 50, 100, 200, 500, 1_000] },
      ],
      series: [{}, line, { ...line, dash: [6, 5] }],
      hooks: { draw: [(plot) => drawMarks(plot, { curve, cap }, palette)] },
    },
    [x, past, future],
    place,
  );
}

/** In the reader's locale. The first tick of a year names the year. */
function dayInWords(at: number, before: number | undefined): string {
  const date = new Date(at);
  const isNewYear = before === undefined || new Date(before).getFullYear() !== date.getFullYear();
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(undefined, isNewYear ? { month: 'short', year: 'numeric' } : options).format(date);
}
