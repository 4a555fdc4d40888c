/** The simulation's results as Markdown: bench/simulation/README.md. */
import { sweepNamed } from '../../shared/contract/sweeps.ts';
import { LATENCIES, PROCESSOR_MILLIS } from './assumptions.ts';
import { costOf, FORMULA } from './prices.ts';
import type { Results, Run } from './results.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const dollars = (value: number): string => `$${value.toFixed(2)}`;
const millions = (value: number): string => `${(value / 1_000_000).toFixed(0)} M`;
const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `npm run simulate:sweeps` writes it, and a test compares the file with it. */
export function reportOf(results: Results): string {
  return `# Fifty million renewals

Made by \`npm run simulate:sweeps\`. This is what a night on the 1st would be like with 50 million wallets due at once. No figure in
here was measured on AWS.

![Wallets written over time, and writes a second beside what the table takes](sweep-of-50-million.svg)

## How it goes

${flowTable(results.runs)}

*Throttled* counts attempts that the table refused. The SDK tries three times. After that the batch comes back in a minute, then after
longer times, eight times in all. Batches that are given up wait in the dead-letter queue, and the next night's run lists their wallets once more. In every
run, written and given up make up all wallets, or the simulation stops with an error.

## What it costs

${costTable(results)}

\`\`\`
${FORMULA}
\`\`\`

Not counted: the events that 50 million entries become (a million on a bus is $1.00, and the publisher's time), logs, storage,
the one-time price of warming a table.

${conclusionOf(results)}

${methodOf(results)}
`;
}

function flowTable(runs: readonly Run[]): string {
  return [
    row(
      'scenario',
      'wallets',
      'workers',
      'table takes',
      'time to finish',
      'most at once',
      'writes/s',
      'throttled',
      'batches again',
      'given up',
    ),
    row(...Array.from({ length: 10 }, () => '---')),
    ...runs.map(({ scenario, outcome }) =>
      row(
        scenario.name,
        millions(scenario.wallets),
        scenario.workersAtOnce,
        `${whole(scenario.warm.writes)}/s`,
        duration(outcome.seconds),
        outcome.mostAtOnce,
        `${whole(outcome.written / outcome.seconds)}, at most ${whole(outcome.busiestSecondWrites)}`,
        whole(outcome.throttledWrites + outcome.throttledReads),
        whole(outcome.redelivered),
        outcome.givenUpBatches > 0
          ? `${whole(outcome.givenUpBatches)} batches, ${whole(outcome.givenUpWallets)} wallets`
          : 'none',
      ),
    ),
  ].join('\n');
}

function costTable({ runs, rehearsed }: Results): string {
  return [
    row('scenario', 'writes', 'reads', 'index', 'Lambda', 'SQS', 'Scheduler', 'all', 'a million wallets'),
    row(...Array.from({ length: 9 }, () => '---')),
    ...runs.map(({ scenario, outcome }) => {
      const { total, scheduler, ...parts } = costOf(outcome, rehearsed.batchBytes);
      const cells = [parts.writes, parts.reads, parts.indexReads, parts.lambda, parts.sqs].map(dollars);
      const perMillion = (total / scenario.wallets) * 1_000_000;
      return row(scenario.name, ...cells, `$${scheduler.toFixed(6)}`, dollars(total), dollars(perMillion));
    }),
  ].join('\n');
}

function conclusionOf({ runs, rehearsed, modelled }: Results): string {
  const [deployed, few, warmed, many, tooMany, dayAfter] = runs;
  if (!deployed || !few || !warmed || !many || !tooMany || !dayAfter) throw new Error('a scenario is missing');
  const perWorker = 1_000_000 / modelled.invocationMillis;
  const cost = ({ outcome }: Run) => dollars(costOf(outcome, rehearsed.batchBytes).total);
  const { listingSeconds } = deployed.outcome;
  const listedPerSecond = whole(Math.round(deployed.scenario.wallets / listingSeconds / 1_000) * 1_000);
  return `## What follows

- A worker writes some ${whole(perWorker)} wallets a second, and its processor limits it more than its waiting. So a table is asked for
  ${whole(perWorker)} writes a second by each worker.
- With ${deployed.scenario.workersAtOnce} workers a new table is asked for more than it takes. Nothing is lost, because the SDK's waits slow the workers down until
  it fits. After half an hour the table takes more. Until then the sweep takes all there is, and members' sends may be refused as
  well. Few workers (${few.scenario.workersAtOnce}) leave them room, and take ${duration(few.outcome.seconds)}.
- So warm the table before the first large 1st. \`warmThroughput\` of ${whole(warmed.scenario.warm.writes)} writes and ${whole(warmed.scenario.warm.reads)} reads for ${warmed.scenario.workersAtOnce} workers
  takes ${duration(warmed.outcome.seconds)}. With ${whole(many.scenario.warm.writes)} and ${whole(many.scenario.warm.reads)} for ${many.scenario.workersAtOnce} it is ${duration(many.outcome.seconds)}. No member waits for it either way (R6).
- ${tooMany.scenario.workersAtOnce} workers on a new table cost ${cost(tooMany)} and not ${cost(few)}, because they are paid while they wait. Batches come
  back ${whole(tooMany.outcome.redelivered)} times, and ${whole(tooMany.outcome.givenUpBatches)} of them end in the dead-letter queue.
- Two listers list some ${listedPerSecond} keys a second and are done after ${duration(listingSeconds)}. That is enough for ${many.scenario.workersAtOnce} workers, and not for many
  more.
- The sweep looks back three days, so what was due on the 1st is read again on the 2nd, 3rd and 4th. The month costs
  ${cost(warmed)} + 3 × ${cost(dayAfter)}.`;
}

function methodOf({ rehearsed, modelled }: Results): string {
  const { query, put, page, send } = LATENCIES;
  const millis = ({ medianMillis, p99Millis }: typeof query | typeof put | typeof page | typeof send) =>
    `${medianMillis} ms (p99 ${p99Millis})`;
  const { workersAtOnce } = sweepNamed('renew-wallets');
  return `## How it is worked out

The real handlers, \`list-due\` and \`renew-wallets\`, run in virtual time over 200,000 wallets. Every call takes the processor for
a while: ${PROCESSOR_MILLIS.call} ms of a whole one, and ${PROCESSOR_MILLIS.page} ms for a page of 1,000 keys. A lister has 0.29 of a processor. Then it takes a latency,
log-normal: a query ${millis(query)}, a put ${millis(put)}, a page of the index ${millis(page)}, ten batches sent ${millis(send)}.

At some 50 µs of real time for each, fifty million would take an hour. So a model of the same shape does them all, call by call, with
the same draws. It has 16 keys under way, a hundred keys in a batch, ten batches in an invocation, and one processor.

| | real handlers | model |
|---|---|---|
| an invocation of the worker, 1,000 wallets | ${whole(rehearsed.invocationMillis)} ms | ${whole(modelled.invocationMillis)} ms |
| a page of the lister, 1,000 keys | ${rehearsed.pageMillis.toFixed(1)} ms | ${modelled.pageMillis.toFixed(1)} ms |

Besides, it models these limits:

- the table's capacity, as a bucket of one second that may double at each half hour
- the SDK's three attempts, and its 500 tokens for retries
- the queue's waits and its eight times
- a worker's 55 s of Lambda's 60, cold starts, five invocations at first and 300 more a minute
- \`workersAtOnce\` of shared/contract/sweeps.ts (${workersAtOnce}) where it says *as deployed*

\`assumptions.ts\` names the source of each figure. AWS publishes no source for some, and those are on the cautious side. Left out are
partitions that are hotter than others, capacity saved up for longer than a second, and other traffic on the table.`;
}
