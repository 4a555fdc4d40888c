/** The marks on the line: a disc where credits come in, a triangle where one comes back, a cross where some are lost. */
import type uPlot from 'uplot';
import { millisOf } from '../../../shared/domain/instant.ts';
import type { Curve, Mark } from '../../ledger/balance-curve.ts';
import type { Palette } from './palette.ts';

const RADIUS_PIXELS = 4;

type Drawn = { readonly curve: Curve; readonly cap: number };
type Spot = { readonly context: CanvasRenderingContext2D; readonly x: number; readonly y: number; readonly r: number };

export function drawMarks(plot: uPlot, { curve, cap }: Drawn, palette: Palette): void {
  const { ctx: context } = plot;
  const r = RADIUS_PIXELS * devicePixelRatio;
  context.save();
  drawCap(plot, cap, palette);
  for (const { at, balance, marks } of [...curve.past, ...curve.future]) {
    for (const mark of marks) {
      const x = plot.valToPos(millisOf(at), 'x', true);
      const y = plot.valToPos(balance, 'y', true);
      context.beginPath();
      SHAPES[mark]({ context, x, y, r }, palette);
    }
  }
  context.restore();
}

/** Draws the maximum as a thin line. */
function drawCap(plot: uPlot, cap: number, { text }: Palette): void {
  if (cap === 0) return;
  const { ctx: context, bbox } = plot;
  const y = Math.round(plot.valToPos(cap, 'y', true)) + 0.5;
  context.beginPath();
  context.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  context.lineWidth = devicePixelRatio;
  context.strokeStyle = text;
  context.moveTo(bbox.left, y);
  context.lineTo(bbox.left + bbox.width, y);
  context.stroke();
  context.setLineDash([]);
}

const SHAPES: Readonly<Record<Mark, (spot: Spot, palette: Palette) => void>> = {
  renewal: ({ context, x, y, r }, { accent, ground }) => {
    context.arc(x, y, r, 0, 2 * Math.PI);
    fillAndEdge(context, accent, ground);
  },
  return: ({ context, x, y, r }, { good, ground }) => {
    context.moveTo(x, y - 1.4 * r);
    context.lineTo(x + 1.3 * r, y + r);
    context.lineTo(x - 1.3 * r, y + r);
    context.closePath();
    fillAndEdge(context, good, ground);
  },
  // Above the line, because credits may come in and be lost at the same instant.
  loss: ({ context, x, y, r }, { bad }) => {
    const middle = y - 3 * r;
    context.moveTo(x - r, middle - r);
    context.lineTo(x + r, middle + r);
    context.moveTo(x + r, middle - r);
    context.lineTo(x - r, middle + r);
    context.lineWidth = 2 * devicePixelRatio;
    context.strokeStyle = bad;
    context.stroke();
  },
};

/** The edge has the colour of the ground, so that marks close to each other stay apart. */
function fillAndEdge(context: CanvasRenderingContext2D, fill: string, edge: string): void {
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = devicePixelRatio;
  context.strokeStyle = edge;
  context.stroke();
}
