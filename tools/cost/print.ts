/** The bill for people: what each service costs, what is dearest, and what one more member or send adds. */
import type { Bill, Load } from './bill.ts';
import { firstPriceOf } from './charge.ts';
import { type Facts, PLANS } from './facts.ts';
import { HTTP_API_METRICS } from './figures.ts';
import { OWN_METRICS } from './metrics.ts';
import { PRICED } from './prices.ts';
import type { Act } from './usage.ts';

export type Estimate = { readonly stage: string; readonly load: Load; readonly facts: Facts; readonly bill: Bill };

const NOT_COUNTED =
  'Not counted: mail, saved queries that people run, the one-time price of warming a table, a plan for support, tax.';

const NAME_WIDTH = 48;
const FIGURE_WIDTH = 14;
const DEAREST = ['the dearest', 'second', 'third'];

const ACT_NAMES = {
  member: 'members',
  send: 'sends',
  response: 'responses',
  unanswered: 'InMails that expire',
  read: 'reads',
} as const satisfies Record<Act, string>;

/** `listsEach` adds a row for each alarm and each metric. */
export function textOf(estimate: Estimate, listsEach: boolean): string {
  const { stage, load, facts } = estimate;
  const whole = (number: number) => number.toLocaleString('en-US');
  const parts = [
    [
      `The stage ${stage} in ${PRICED.region}, at the prices of ${PRICED.on}`,
      `${whole(load.members)} members, ${whole(load.sends)} sends, ${whole(load.responses)} responses and ` +
        `${whole(load.reads)} reads in a month`,
    ],
    serviceRows(estimate.bill),
    ['A million more of each', ...actRows(estimate.bill)],
    ['The sign-in of all members, by plan', ...planRows(estimate)],
    ...(listsEach ? [alarmRows(facts), metricRows(facts)] : [[countsOf(facts)]]),
    [NOT_COUNTED],
  ];
  return parts.map((rows) => rows.join('\n')).join('\n\n');
}

function serviceRows({ lines, idle, dollars }: Bill): string[] {
  const rows = lines.map((line, rank) => {
    const note = dollars > 0 ? DEAREST[rank] : undefined;
    return `${row(line.service, line.idle, line.dollars)}${note ? `  ${note}` : ''}`;
  });
  const head = `${'service'.padEnd(NAME_WIDTH)}${'idle'.padStart(FIGURE_WIDTH)}${'this month'.padStart(FIGURE_WIDTH)}`;
  return [head, ...rows, row('all', idle, dollars)];
}

const actRows = ({ each }: Bill): string[] =>
  Object.entries(ACT_NAMES).map(([act, name]) => row(name, 1_000_000 * each[act as Act]));

const planRows = ({ bill, facts }: Estimate): string[] =>
  PLANS.map((plan) => `${row(plan, bill.plans[plan])}${plan === facts.plan ? '  this stage' : ''}`);

function countsOf({ alarms, filteredMetrics, measuredRoutes }: Facts): string {
  const metrics = OWN_METRICS.length + filteredMetrics.length + measuredRoutes * HTTP_API_METRICS;
  return `${alarms.length} alarms and at most ${metrics} metrics of our own. --each lists them.`;
}

const alarmRows = ({ alarms }: Facts): string[] => [
  'Each alarm, before free units',
  ...alarms.map(({ name, metrics }) => row(name, metrics * firstPriceOf('alarmMetric'))),
];

function metricRows({ filteredMetrics, measuredRoutes }: Facts): string[] {
  const price = firstPriceOf('customMetric');
  return [
    'Each metric of our own, before free units: idle, and in use',
    ...OWN_METRICS.map(({ name, idleShare, inUseShare }) => row(name, idleShare * price, inUseShare * price)),
    ...filteredMetrics.map((name) => row(name, 0, price)),
    ...(measuredRoutes > 0
      ? [row(`${HTTP_API_METRICS} of each of ${measuredRoutes} routes`, 0, measuredRoutes * HTTP_API_METRICS * price)]
      : []),
  ];
}

const row = (name: string, ...figures: readonly number[]): string =>
  `${name.padEnd(NAME_WIDTH)}${figures.map((figure) => dollarsOf(figure).padStart(FIGURE_WIDTH)).join('')}`;

const dollarsOf = (figure: number): string =>
  `$${figure.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
