/** The simulation's results as a picture: wallets written over time, and writes a second beside the table's limit. */
import type { Run } from './results.ts';

const WIDTH = 800;
const [LEFT, RIGHT] = [64, 224];
/** Okabe and Ito's colours, which colour-blind readers tell apart, in shades that stand out on white and on black. */
const COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#a07800'];

type Panel = { readonly top: number; readonly height: number };
const WRITTEN: Panel = { top: 56, height: 220 };
const RATE: Panel = { top: 336, height: 200 };
const HEIGHT = 584;

type Point = { readonly x: number; readonly y: number };

export function plotOf(allRuns: readonly Run[]): string {
  const runs = allRuns.filter(({ scenario }) => scenario.areDue);
  const hours = Math.ceil(2 * Math.max(...runs.map(({ outcome }) => outcome.seconds / 3_600))) / 2;
  const x = (seconds: number) => LEFT + (seconds / 3_600 / hours) * (WIDTH - LEFT - RIGHT);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">Fifty million renewals: wallets written over time</title>
<desc id="desc">${descriptionOf(runs)}</desc>
<style>
  text { font: 12px system-ui, sans-serif; fill: #222; }
  .back { fill: #fff; } .grid { stroke: #ddd; } .line { fill: none; stroke-width: 2; } .limit { stroke-dasharray: 3 4; }
  .head { font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
  @media (prefers-color-scheme: dark) { text { fill: #ddd; } .back { fill: #111; } .grid { stroke: #444; } .line { filter: brightness(1.35); } }
</style>
<rect class="back" width="${WIDTH}" height="${HEIGHT}"/>
${writtenPanel(runs, x)}
${ratePanel(runs, x)}
${hourLabels(hours, x)}
${legendOf(runs)}
</svg>
`;
}

function descriptionOf(runs: readonly Run[]): string {
  const each = runs.map(({ scenario, outcome }) => {
    const { name, workersAtOnce, warm } = scenario;
    return `${name}: ${workersAtOnce} workers, a table that takes ${warm.writes} writes a second, done after ${(outcome.seconds / 3_600).toFixed(1)} hours`;
  });
  return `${each.join('; ')}.`;
}

type Scale = (value: number) => number;

function writtenPanel(runs: readonly Run[], x: Scale): string {
  const most = Math.max(...runs.map(({ scenario }) => scenario.wallets));
  const y = (written: number) => WRITTEN.top + WRITTEN.height * (1 - written / most);
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => mark(y(part * most), (part * most) / 1_000_000));
  const lines = runs.map(({ outcome }, index) => {
    const points = outcome.samples.map(({ atSeconds, written }) => ({ x: x(atSeconds), y: y(written) }));
    return line(index, [{ x: x(0), y: y(0) }, ...points]);
  });
  return [head(WRITTEN, 'wallets written, millions'), ...marks, ...lines].join('\n');
}

/** Logarithmic, so that the limits of a new table and of a warmed one can both be seen. */
function ratePanel(runs: readonly Run[], x: Scale): string {
  const [least, most] = [1_000, 100_000];
  const part = (rate: number) => Math.log(Math.max(rate, least) / least) / Math.log(most / least);
  const y = (rate: number) => RATE.top + RATE.height * (1 - part(rate));
  const marks = [1_000, 4_000, 10_000, 40_000, 100_000].map((rate) => mark(y(rate), rate));
  const lines = runs.flatMap(({ outcome: { samples } }, index) => {
    const rates = samples.slice(1, -1).map((sample, before) => {
      const { atSeconds, written } = samples[before] ?? sample;
      return { x: x(sample.atSeconds), y: y((sample.written - written) / (sample.atSeconds - atSeconds)) };
    });
    const limits = samples.map(({ atSeconds, writeLimit }) => ({ x: x(atSeconds), y: y(writeLimit) }));
    return [line(index, limits, 'limit'), line(index, rates)];
  });
  return [head(RATE, 'writes a second, 1,000 and more (dotted: what the table takes)'), ...marks, ...lines].join('\n');
}

const head = ({ top }: Panel, text: string): string => `<text class="head" x="${LEFT}" y="${top - 14}">${text}</text>`;

function mark(y: number, value: number): string {
  const grid = `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y)}" y2="${round(y)}"/>`;
  return `${grid}<text class="end" x="${LEFT - 8}" y="${round(y + 4)}">${value.toLocaleString('en-US')}</text>`;
}

function line(index: number, points: readonly Point[], style = ''): string {
  const path = points.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L');
  return `<path class="line ${style}" stroke="${colourOf(index)}" d="M${path}"/>`;
}

const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? 'gray';

function hourLabels(hours: number, x: Scale): string {
  const labels = Array.from({ length: Math.floor(hours) + 1 }, (_, hour) => hour);
  const y = RATE.top + RATE.height + 20;
  return labels
    .map((hour) => `<text class="middle" x="${round(x(hour * 3_600))}" y="${y}">${hour} h</text>`)
    .join('\n');
}

function legendOf(runs: readonly Run[]): string {
  const [x, top] = [WIDTH - RIGHT + 16, WRITTEN.top + 4];
  return runs
    .map(({ scenario: { name, workersAtOnce, warm } }, index) => {
      const y = top + index * 40;
      const colour = `<path class="line" stroke="${colourOf(index)}" d="M${x} ${y}h16"/>`;
      const detail = `${workersAtOnce} workers, ${warm.writes.toLocaleString('en-US')}/s`;
      return `${colour}<text x="${x + 22}" y="${y + 4}">${name}</text><text x="${x + 22}" y="${y + 19}">${detail}</text>`;
    })
    .join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;
