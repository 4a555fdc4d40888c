/** `npm run cost`: sums that were worked out by hand, and what the templates hold. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costOf as costOfSweep } from '../../bench/simulation/prices.ts';
import type { Results } from '../../bench/simulation/results.ts';
import { STAGES } from '../../infra/stages.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { billOf, type Load } from '../../tools/cost/bill.ts';
import { costOf, firstPriceOf } from '../../tools/cost/charge.ts';
import { runsAMonth } from '../../tools/cost/cron.ts';
import { type Facts, factsOf } from '../../tools/cost/facts.ts';
import { OPERATIONS } from '../../tools/cost/figures.ts';
import { PRICES } from '../../tools/cost/prices.ts';
import { textOf } from '../../tools/cost/print.ts';
import { RESOURCE_TYPES } from '../../tools/cost/resources.ts';
import { type Template, templatesOf } from '../../tools/cost/templates.ts';
import { usesOf } from '../../tools/cost/usage.ts';
import { runCommand } from '../support/command.ts';

const MILLION = 1_000_000;
const NOBODY: Load = { members: 0, sends: 0, responses: 0, reads: 0, months: 12 };

/** A small stage with round numbers. */
const FACTS: Facts = {
  ...{
    plan: 'PLUS',
    machineTokenMinutes: [15, 15],
    compositeAlarms: 1,
    dashboardMetrics: [20, 51],
    keys: 1,
    polledQueues: 4,
  },
  alarms: [
    { name: 'one', metrics: 1 },
    { name: 'two', metrics: 3 },
  ],
  ...{ filteredMetrics: [], measuredRoutes: 0, logDays: 30, hasPage: true, isTraced: false },
  schedules: [{ runs: 1_000, shards: 4, lookBackHours: 72 }],
  mebibytes: { api: 512, lister: 512, worker: 1_769, publisher: 512, trigger: 512 },
};

const dollarsOf = (facts: Facts, load: Load, service: string, hasAllowance = false) =>
  billOf(facts, load, hasAllowance).lines.find((line) => line.service === service)?.dollars ?? 0;

describe('the price table', () => {
  it.each(Object.entries(PRICES))('the price %s has a page of AWS as its source', (_, { source, unit }) => {
    expect(source).toMatch(/^aws\.amazon\.com\/[a-z0-9-]+\/pricing/);
    expect(unit).not.toBe('');
  });

  it.each([
    [10_000, true, 0],
    [10_001, true, 0.0055],
    [100_000, true, 495],
    // 950,000 is the example on AWS's own page.
    [950_000, true, 495 + 3_910],
    [950_000, false, 550 + 3_910],
    [20_000_000, true, 495 + 4_140 + 29_250 + 25_000],
  ])('%i members on LITE, free units %s, cost %d dollars', (members, hasAllowance, dollars) => {
    expect(costOf('liteMember', members, hasAllowance)).toBeCloseTo(dollars, 6);
  });

  it.each([
    ['essentialsMember', 1e6, true, 14_850],
    ['essentialsMember', 1e6, false, 15_000],
    ['plusMember', 1e6, true, 20_000],
    ['apiRequest', 301e6, true, 300.9],
    ['customMetric', 10, true, 0],
    ['customMetric', 13, true, 0.9],
  ] as const)('the price %s of %d units, free units %s, is %d dollars', (name, units, hasAllowance, dollars) => {
    expect(costOf(name, units, hasAllowance)).toBeCloseTo(dollars, 6);
  });

  it('the simulation and the cost of a hostile member have no prices of their own', () => {
    for (const file of ['bench/simulation/prices.ts', 'test/infra/hostile-member.test.ts']) {
      expect(readFileSync(file, 'utf8')).toContain('tools/cost/charge.ts');
      expect(readFileSync(file, 'utf8')).not.toMatch(/0\.625|0\.125|0\.0000133334/);
    }
  });
});

describe('the runs of a schedule', () => {
  it.each([
    ['cron(5 0 * * ? *)', 730 / 24],
    ['cron(0/15 * * * ? *)', 4 * 730],
    ['cron(7/15 * * * ? *)', 4 * 730],
    ['cron(0,30 6,18 * * ? *)', (4 * 730) / 24],
  ])('the schedule %s runs %d times a month', (expression, runs) => {
    expect(runsAMonth(expression)).toBeCloseTo(runs, 6);
  });

  it.each(['rate(5 minutes)', 'cron(0 0 1 * ? *)', 'cron(0-5 0 * * ? *)', 'at(2026-01-01T00:00:00)'])(
    'the schedule %s is refused, because its runs cannot be counted',
    (expression) => {
      expect(() => runsAMonth(expression)).toThrow(/cron expression/);
    },
  );
});

describe('an idle month', () => {
  it('an idle month costs what its resources cost, as worked out by hand', () => {
    // Four metrics of alarms and a composite one, two dashboards, and a metric that is written all the time. Those of
    // daily sweeps are written in one hour of 24.
    const daily = SWEEPS.filter(({ runs }) => !('everyMinutes' in runs)).length;
    const watch = 4 * 0.1 + 0.5 + 2 * 3 + (1 + daily / 24) * 0.3;
    // 4 queues × 5 polls each 20 s × 730 h, and two requests for each of 1,000 messages.
    const queues = (4 * 5 * 3 * 60 * 730 + 2_000) * (0.4 / MILLION);
    const logs = (1_000 * 1.1) / MILLION;
    expect(dollarsOf(FACTS, NOBODY, 'CloudWatch')).toBeCloseTo(watch + logs * (0.5 + 0.03), 6);
    expect(dollarsOf(FACTS, NOBODY, 'SQS')).toBeCloseTo(queues, 6);
    expect(dollarsOf(FACTS, NOBODY, 'Cognito')).toBe(12);
    expect(dollarsOf(FACTS, NOBODY, 'KMS')).toBe(1);
    // A run reads 4 shards for each of 4 days, at half a unit.
    expect(dollarsOf(FACTS, NOBODY, 'DynamoDB')).toBeCloseTo((1_000 * 16 * 0.5 * 0.125) / MILLION, 9);
  });

  it('the free units of an account make an idle month cheaper', () => {
    const polls = 4 * 5 * 3 * 60 * 730 + 2_000;
    expect(dollarsOf(FACTS, NOBODY, 'SQS', true)).toBeCloseTo((polls - MILLION) * (0.4 / MILLION), 6);
    // The composite alarm, the large dashboard, and what the log keeps have none.
    expect(dollarsOf(FACTS, NOBODY, 'CloudWatch', true)).toBeCloseTo(0.5 + 3 + (1.1 * 1_000 * 0.03) / MILLION, 6);
  });
});

describe('a month in use', () => {
  it('a million sends cost what their parts cost, as worked out by hand', () => {
    const gigabyteSeconds = 0.5 * (0.05 + 0.01 * 0.5) + 0.5 * (0.03 + 0.005 + 0.01 * 0.5);
    const byHand =
      6 * 0.625 + // write units
      3 * 0.125 + // read units
      1 + // gateway
      1 + // edge
      3_000 * 1e-6 * 0.085 * 1_000 + // 3 GB out
      2 * 0.2 + // the function and the publisher
      MILLION * gigabyteSeconds * 0.0000133334 +
      1 + // event
      (1.5 + 1.1) * (0.5 + 0.03) + // GB of logs, kept for a month
      2.7 * 12 * (0.25 + 0.2); // GB of books, kept for a year
    expect(MILLION * billOf(FACTS, NOBODY, false).each.send).toBeCloseTo(byHand, 6);
  });

  it('a million members cost twenty thousand dollars on PLUS, and all the rest is small beside it', () => {
    const load = { members: 1e6, sends: 5e6, responses: 1.5e6, reads: 2e7, months: 12 };
    const { dollars, plans, lines } = billOf(FACTS, load, true);
    expect(plans).toEqual({ LITE: 4_635, ESSENTIALS: 14_850, PLUS: 20_000 });
    expect(lines[0]?.service).toBe('Cognito');
    expect(dollars - plans.PLUS).toBeLessThan(500);
    const total = lines.reduce((sum, line) => sum + line.dollars, 0);
    expect(dollars).toBeCloseTo(total, 6);
  });

  it('machines that call all day pay for a token each quarter of an hour', () => {
    const load = { ...NOBODY, reads: 1 };
    expect(dollarsOf(FACTS, load, 'Cognito') - dollarsOf(FACTS, NOBODY, 'Cognito')).toBeCloseTo(
      2 * 4 * 730 * 0.00225,
      6,
    );
  });

  it('X-Ray records the first request of each second and a twentieth of the others, and only where it is on', () => {
    const traced = { ...FACTS, isTraced: true };
    const seconds = 730 * 3_600;
    const load = { ...NOBODY, reads: seconds + 2 * MILLION };
    expect(dollarsOf(traced, load, 'X-Ray')).toBeCloseTo((seconds + 100_000) * (5 / MILLION), 6);
    expect(dollarsOf(FACTS, load, 'X-Ray')).toBe(0);
  });

  it('routes with metrics of their own pay for six each', () => {
    const load = { ...NOBODY, reads: 1 };
    const more = dollarsOf({ ...FACTS, measuredRoutes: 13 }, load, 'CloudWatch') - dollarsOf(FACTS, load, 'CloudWatch');
    expect(more).toBeCloseTo(13 * 6 * 0.3, 6);
  });

  it('a stage without a page pays for what leaves the region, and not for the edge', () => {
    const load = { ...NOBODY, reads: MILLION };
    expect(dollarsOf({ ...FACTS, hasPage: false }, load, 'CloudFront')).toBe(0);
    expect(dollarsOf({ ...FACTS, hasPage: false }, load, 'Data transfer')).toBeCloseTo(5 * 0.09, 6);
    expect(dollarsOf(FACTS, load, 'CloudFront')).toBeCloseTo(1 + 5 * 0.085, 6);
  });
});

describe('the figures', () => {
  it.each([
    ['send', 'send'],
    ['respond, credit returned', 'response'],
    ['renew one wallet', 'renewal'],
    ['remind one InMail', 'reminder'],
    ['expire one InMail', 'expiry'],
  ] as const)('the write units of the operation %s are those of docs/design.md', (row, operation) => {
    const line = readFileSync('docs/design.md', 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`| ${row} |`));
    expect(Number.parseInt(line?.split('|')[4] ?? '', 10)).toBe(OPERATIONS[operation].writeUnits);
  });

  it('the renewal of a wallet costs what the simulation says, with the three nights that look back', () => {
    const { runs, rehearsed }: Results = JSON.parse(readFileSync('bench/simulation/results.json', 'utf8'));
    const dollarsOfRun = (name: string) => {
      const run = runs.find(({ scenario }) => scenario.name === name);
      if (!run) throw new Error(`no scenario ${name}`);
      return costOfSweep(run.outcome, rehearsed.batchBytes).total / run.scenario.wallets;
    };
    const simulated = dollarsOfRun('as deployed, warmed') + 3 * dollarsOfRun('the day after: nothing due');
    const ofSweep = ['writeUnit', 'readUnit', 'sqsRequest'];
    const uses = usesOf('member', { ...FACTS, hasPage: false }, 0);
    const swept = uses.slice(uses.findIndex(([price]) => price === 'writeUnit'));
    const lambda = swept.filter(([price]) => price.startsWith('lambda')).slice(0, 2);
    const dollars = [...swept.filter(([price]) => ofSweep.includes(price)), ...lambda].reduce(
      (sum, [price, units]) => sum + units * firstPriceOf(price),
      0,
    );
    expect(dollars / simulated).toBeGreaterThan(0.98);
    expect(dollars / simulated).toBeLessThan(1.02);
  });
});

describe.each(STAGES.map((stage) => ({ name: stage.name, templates: templatesOf(stage) })))(
  'the templates of the stage $name',
  ({ name, templates }) => {
    const facts = factsOf(templates);
    const countOf = (type: string) =>
      templates.flatMap(({ Resources }) => Object.values(Resources)).filter(({ Type }) => Type === type).length;

    it('each type of resource is priced, or named as free', () => {
      const types = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
      expect([...new Set(types)].filter((type) => !(type in RESOURCE_TYPES)).sort()).toEqual([]);
    });

    it('the alarms, schedules, queues and clients are counted as they stand', () => {
      expect(facts.alarms).toHaveLength(countOf('AWS::CloudWatch::Alarm'));
      expect(facts.schedules).toHaveLength(countOf('AWS::Scheduler::Schedule'));
      expect(facts.schedules.every(({ runs, shards }) => runs > 30 && shards > 0)).toBe(true);
      expect(facts.polledQueues).toBe(SWEEPS.length + 1);
      expect(facts.machineTokenMinutes).toEqual([15, 15]);
      expect(facts.mebibytes).toEqual({ api: 512, lister: 512, worker: 1_769, publisher: 512, trigger: 512 });
      expect(facts.logDays).toBeGreaterThan(0);
    });

    it('the bill names the three dearest services, and the sums of all plans', () => {
      const load = { members: 1e6, sends: 5e6, responses: 1.5e6, reads: 2e7, months: 12 };
      const text = textOf({ stage: name, load, facts, bill: billOf(facts, load, true) }, true);
      expect(text).toMatch(/^Cognito .* the dearest\nDynamoDB .* second\n\S.* third\n/m);
      expect(text).toMatch(/^LITE +\$4,635\.00.*\nESSENTIALS +\$14,850\.00.*\nPLUS +\$20,000\.00/m);
      for (const { name: alarm } of facts.alarms) expect(text).toContain(alarm);
    });
  },
);

describe('a template', () => {
  const pool = { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTier: 'LITE' } };
  const of = (Resources: Template['Resources']) => factsOf([{ Resources: { pool, ...Resources } }]);

  it('an alarm on a formula pays for each metric in it', () => {
    const Metrics = [
      { Id: 'sum', Expression: 'a + b' },
      { Id: 'a', MetricStat: {} },
      { Id: 'b', MetricStat: {} },
    ];
    const facts = of({ Late: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'late', Metrics } } });
    expect(facts.alarms).toEqual([{ name: 'late', metrics: 2 }]);
  });

  it('the metrics on a dashboard are counted, and its formulas are not', () => {
    const rows = (...metrics: unknown[][]) => ({ type: 'metric', properties: { metrics } });
    const body = {
      widgets: [rows(['AWS/SQS', 'Age', 'QueueName', '?'], [{ expression: 'm1 + m2' }]), rows(['Own', 'One'])],
    };
    const [before, after] = JSON.stringify(body).split('?') as [string, string];
    const inParts = { 'Fn::Join': ['', [before, { Ref: 'Queue' }, after]] };
    const of51 = JSON.stringify({
      widgets: [{ properties: {} }, rows(...Array.from({ length: 51 }, () => ['Own', 'One']))],
    });
    const dashboard = (DashboardBody: unknown) => ({
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardBody },
    });
    expect(of({ One: dashboard(inParts), Two: dashboard(of51) }).dashboardMetrics).toEqual([2, 51]);
  });

  it('a machine client without a lifetime of its own gets a token for an hour', () => {
    const flows = (...AllowedOAuthFlows: string[]) => ({
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { AllowedOAuthFlows },
    });
    expect(of({ One: flows('client_credentials'), Two: flows('code') }).machineTokenMinutes).toEqual([60]);
  });

  it('metrics of filters and of routes are counted', () => {
    const MetricTransformations = [{ MetricNamespace: 'InMailCredits', MetricName: 'denied' }];
    const facts = of({
      Denied: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { DefaultRouteSettings: { DetailedMetricsEnabled: true } },
      },
      Route: { Type: 'AWS::ApiGatewayV2::Route' },
    });
    expect([facts.filteredMetrics, facts.measuredRoutes]).toEqual([['InMailCredits/denied'], 1]);
  });

  it('a user pool on a plan without a price is refused', () => {
    expect(() => factsOf([{ Resources: { pool: { Type: pool.Type, Properties: { UserPoolTier: 'GOLD' } } } }])).toThrow(
      /no plan of Cognito's has a price here: GOLD/,
    );
  });
});

describe('npm run cost', () => {
  it('the command prints a bill as JSON, with its prices', async () => {
    const { code, out, err } = await runCommand('cost/main', ['--members', '1e3', '--sends', '2,000', '--json'], {})
      .ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      stage: 'dev',
      load: { members: 1_000, sends: 2_000, responses: 600, reads: 20_000, months: 12 },
      prices: { writeUnit: { dollars: 0.625 / MILLION } },
    });
  });

  it.each<[string[], string]>([
    [['--sends', '10', '--responses', '11'], '--responses is 11, but an InMail is answered once and --sends is 10'],
    [['--sends', '1.5'], '--sends wants a number such as 250000 or 1e6, not "1.5"'],
    [['--members', '1e13'], '--members wants a number such as 250000 or 1e6, not "1e13"'],
    [['--stage', 'moon'], '--stage wants dev or prod, not "moon"'],
  ])('the arguments %j end the command with 2 and a reason', async (args, fault) => {
    const { code, out, err } = await runCommand('cost/main', args, {}).ended;
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `cost: ${fault}\n` });
  });
});
