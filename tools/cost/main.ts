/** `npm run cost`: what a stage costs in a month, idle and under a load. */
import { stageNamed } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { runCommand, type Verdict } from '../command.ts';
import { billOf, type Load } from './bill.ts';
import { factsOf } from './facts.ts';
import { ASSUMPTIONS } from './figures.ts';
import { type CostOptions, OPTIONS } from './options.ts';
import { PRICED, PRICES } from './prices.ts';
import { textOf } from './print.ts';
import { templatesOf } from './templates.ts';

async function tellCost({ stage, withoutFree, each, json, ...options }: CostOptions): Promise<Verdict> {
  const load = loadOf(options);
  const facts = factsOf(templatesOf(stageNamed(stage)));
  const bill = billOf(facts, load, !withoutFree);
  const estimate = { stage, load, facts, bill };
  const asJson = { priced: PRICED, ...estimate, prices: PRICES, assumptions: ASSUMPTIONS };
  process.stdout.write(`${json ? JSON.stringify(asJson, null, 2) : textOf(estimate, each)}\n`);
  return 'done';
}

function loadOf({
  members,
  sends,
  months,
  ...given
}: Omit<CostOptions, 'stage' | 'withoutFree' | 'each' | 'json'>): Load {
  const responses = given.responses ?? Math.round(ASSUMPTIONS.answeredShare * sends);
  if (responses > sends) {
    throw new LocalFailure(`--responses is ${responses}, but an InMail is answered once and --sends is ${sends}`);
  }
  return { members, sends, months, responses, reads: given.reads ?? ASSUMPTIONS.readsAMember * members };
}

await runCommand({
  name: 'cost',
  call: 'npm run cost',
  does: `Says what a stage costs in a month, by service: while nobody uses it, and under the load that the options give. Alarms,
    schedules, queues and clients are counted in the stage's templates. Prices stand in tools/cost/prices.ts, and what a
    request takes in tools/cost/figures.ts.

    It calls no service, and takes some seconds.`,
  options: OPTIONS,
  run: tellCost,
});
